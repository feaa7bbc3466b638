import type { QueryNode } from './query_node.ts';

/** The child's documents, each with the same score. */
export interface ConstantScoreNode {
  readonly kind: 'constantScore';
  readonly child: QueryNode;
  readonly score: number;
}

export const constantScoreNode = (child: QueryNode, score: number): ConstantScoreNode =>
  Object.freeze({ kind: 'constantScore', child, score });
