import type { QueryNode } from './query_node.ts';

/** The child's documents with its score times `factor`. */
export interface BoostNode {
  readonly kind: 'boost';
  readonly child: QueryNode;
  readonly factor: number;
}

export const boostNode = (child: QueryNode, factor: number): QueryNode =>
  factor === 1 ? child : Object.freeze({ kind: 'boost', child, factor });
