import { leavesOf } from './leaves_of.ts';
import type { QueryNode } from './query_node.ts';

/** The fields in which a query looks for something, once or more often. */
export const fieldsOf = (node: QueryNode): string[] =>
  leavesOf(node).flatMap((leaf) => (leaf.kind === 'boxOverlap' ? [] : leaf.field));
