import type { BooleanNode } from '../ast/boolean_node.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { termNode } from '../ast/term_node.ts';
import { termSetNode } from '../ast/term_set_node.ts';
import { fieldOf } from '../schema/field_type.ts';

/** Where nothing is scored, alternatives in one field are one look-up. */
export function mergeAlternatives(node: BooleanNode): BooleanNode {
  if (node.must.length > 0 || node.minimum !== 1 || node.should.length < 2) return node;
  const byField = new Map<string, string[]>();
  const rest: QueryNode[] = [];
  for (const child of node.should) {
    if (child.kind !== 'term' || fieldOf(child.field).type === 'text_ngram') rest.push(child);
    else {
      const terms = byField.get(child.field);
      if (terms) terms.push(...child.terms);
      else byField.set(child.field, [...child.terms]);
    }
  }
  const sets = [...byField].map(([field, terms]) =>
    fieldOf(field).type === 'string' ? termSetNode(field, terms) : termNode(field, terms),
  );
  return { ...node, should: [...sets, ...rest] };
}
