import { describeQuery } from './describe_query.ts';
import type { QueryNode } from './query_node.ts';

/** A part of a query with its place in the tree. */
export interface Clause {
  depth: number;
  /** What it is to the clause above: `must`, `should`, `must not`, `any of`. */
  role: string;
  /** A leaf in Lucene's notation; else what holds its parts together. */
  text: string;
  node: QueryNode;
}

/** The query and its parts, each before its own parts. */
export function* clausesOf(node: QueryNode, role = 'query', depth = 0): Generator<Clause> {
  const parts: [string, readonly QueryNode[]][] =
    node.kind === 'boolean'
      ? [
          ['must', node.must],
          ['should', node.should],
          ['must not', node.mustNot],
        ]
      : node.kind === 'bestOf'
        ? [['any of', node.children]]
        : [];
  const text =
    node.kind === 'boolean'
      ? `all of must, none of must not${node.minimum > 0 ? `, at least ${node.minimum} of should` : ''}`
      : node.kind === 'bestOf'
        ? 'the best of these'
        : describeQuery(node);
  yield { depth, role, text, node };
  for (const [name, children] of parts)
    for (const child of children) yield* clausesOf(child, name, depth + 1);
}
