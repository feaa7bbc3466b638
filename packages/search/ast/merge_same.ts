import { bestOfNode } from './best_of_node.ts';
import { booleanNode } from './boolean_node.ts';
import { boostNode } from './boost_node.ts';
import { constantScoreNode } from './constant_score_node.ts';
import type { QueryNode } from './query_node.ts';

/**
 * The same query with one clause for those of a level that are the same: it weighs as much as all of them. Of clauses
 * several of which must match, each stays. Source: what Lucene makes of a BooleanQuery before it counts its clauses.
 */
export function mergeSame(node: QueryNode): QueryNode {
  switch (node.kind) {
    case 'boolean':
      return booleanNode({
        must: merged(node.must),
        should: node.minimum > 1 ? node.should.map(mergeSame) : merged(node.should),
        mustNot: merged(node.mustNot),
        minimum: node.minimum,
      });
    case 'bestOf':
      return bestOfNode(node.children.map(mergeSame), node.tie);
    case 'boost':
      return boostNode(mergeSame(node.child), node.factor);
    case 'constantScore':
      return constantScoreNode(mergeSame(node.child), node.score);
    default:
      return node;
  }
}

function merged(nodes: readonly QueryNode[]): QueryNode[] {
  const weights = new Map<unknown, { node: QueryNode; weight: number }>();
  for (const given of nodes) {
    const { node, weight } = unweighted(given);
    const key = identityOf(node);
    const known = weights.get(key);
    if (known) known.weight += weight;
    else weights.set(key, { node: mergeSame(node), weight });
  }
  return Array.from(weights.values(), ({ node, weight }) => boostNode(node, weight));
}

/** A clause without the boosts around it, and what they come to. */
export const unweighted = (node: QueryNode, weight = 1): { node: QueryNode; weight: number } =>
  node.kind === 'boost' ? unweighted(node.child, weight * node.factor) : { node, weight };

/** Two clauses are the same if this is. What holds further levels is the same as itself only: they may be many, and to compare them all would take long. */
export const identityOf = (node: QueryNode): unknown =>
  node.kind === 'boolean' || node.kind === 'constantScore' ? node : JSON.stringify(node);
