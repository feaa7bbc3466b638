import type { QueryNode } from './query_node.ts';

/** The child's documents with its score times `factor`. */
export interface BoostNode {
  readonly kind: 'boost';
  readonly child: QueryNode;
  readonly factor: number;
}

/** A boost of a boost is one: parentheses may nest by the hundred. */
export function boostNode(child: QueryNode, factor: number): QueryNode {
  if (factor === 1) return child;
  return child.kind === 'boost'
    ? boostNode(child.child, child.factor * factor)
    : Object.freeze({ kind: 'boost', child, factor });
}
