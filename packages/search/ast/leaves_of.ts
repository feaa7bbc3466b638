import type { LeafNode, QueryNode } from './query_node.ts';

/** What a query looks up, each as often as it stands there. */
export function leavesOf(node: QueryNode): LeafNode[] {
  switch (node.kind) {
    case 'everything':
    case 'nothing':
      return [];
    case 'boolean':
      return [...node.must, ...node.should, ...node.mustNot].flatMap(leavesOf);
    case 'bestOf':
      return node.children.flatMap(leavesOf);
    case 'boost':
    case 'constantScore':
      return leavesOf(node.child);
    default:
      return [node];
  }
}
