import type { QueryNode } from './query_node.ts';

/**
 * All of `must`, none of `mustNot`, and at least `minimum` of `should`. Without `must`, `minimum` is 1 or more
 * wherever there is a `should`; with neither, nothing matches.
 */
export interface BooleanNode {
  readonly kind: 'boolean';
  readonly must: readonly QueryNode[];
  readonly should: readonly QueryNode[];
  readonly mustNot: readonly QueryNode[];
  readonly minimum: number;
}

export interface BooleanParts {
  must?: readonly QueryNode[];
  should?: readonly QueryNode[];
  mustNot?: readonly QueryNode[];
  /** At least so many of `should`; by default one where nothing is a must. */
  minimum?: number;
}

export function booleanNode({
  must = [],
  should = [],
  mustNot = [],
  minimum = 0,
}: BooleanParts): BooleanNode {
  const least = must.length === 0 && should.length > 0 ? 1 : 0;
  return Object.freeze({
    kind: 'boolean',
    must: Object.freeze([...must]),
    should: Object.freeze([...should]),
    mustNot: Object.freeze([...mustNot]),
    minimum: Math.max(least, minimum),
  });
}
