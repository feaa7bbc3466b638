import { termsOf } from '../analysis/field_terms.ts';
import { patternTest } from '../vocabulary/pattern_test.ts';
import type { QueryNode } from './query_node.ts';

/**
 * Whether a query matches these few fields, for what has no index of its own. Words, prefixes
 * and wildcards of exact fields and everything made of them; what else there is matches nothing.
 */
export function matchesFields(node: QueryNode, fields: Record<string, string[]>): boolean {
  const matches = (child: QueryNode) => matchesFields(child, fields);
  switch (node.kind) {
    case 'everything':
      return true;
    case 'boolean':
      return (
        node.must.every(matches) &&
        !node.mustNot.some(matches) &&
        node.should.filter(matches).length >= node.minimum &&
        node.must.length + node.should.length > 0
      );
    case 'bestOf':
      return node.children.some(matches);
    case 'boost':
    case 'constantScore':
      return matches(node.child);
    case 'exists':
      return (fields[node.field]?.length ?? 0) > 0;
    case 'term':
      return node.terms.some((term) => hasTerm(fields, node.field, term));
    case 'termSet':
      return node.values.some((value) => fields[node.field]?.includes(value));
    case 'pattern':
      return fields[node.field]?.some(patternTest(node.pieces)) ?? false;
    default:
      return false;
  }
}

function hasTerm(fields: Record<string, string[]>, field: string, term: string): boolean {
  const analysed = termsOf(fields).get(field);
  return analysed ? analysed.positions.has(term) : (fields[field]?.includes(term) ?? false);
}
