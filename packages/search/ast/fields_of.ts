import type { QueryNode } from './query_node.ts';

/** The fields in which a query looks for something, once or more often. */
export function fieldsOf(node: QueryNode): string[] {
  switch (node.kind) {
    case 'everything':
    case 'nothing':
    case 'boxOverlap':
      return [];
    case 'boolean':
      return [...node.must, ...node.should, ...node.mustNot].flatMap(fieldsOf);
    case 'bestOf':
      return node.children.flatMap(fieldsOf);
    case 'boost':
    case 'constantScore':
      return fieldsOf(node.child);
    default:
      return [node.field];
  }
}
