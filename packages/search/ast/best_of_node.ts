import type { QueryNode } from './query_node.ts';

/** Documents that any child matches; the best child's score and `tie` times the others'. */
export interface BestOfNode {
  readonly kind: 'bestOf';
  readonly children: readonly QueryNode[];
  readonly tie: number;
}

export const bestOfNode = (children: readonly QueryNode[], tie: number): BestOfNode =>
  Object.freeze({ kind: 'bestOf', children: Object.freeze([...children]), tie });
