import type { LeafNode } from '../../ast/query_node.ts';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import { checkTerms } from '../check_terms.ts';
import { constantScoreOf } from '../constant_score.ts';
import { isScored } from '../is_scored.ts';
import type { Clause } from './clauses.ts';
import { compileQuery } from './compile.ts';
import { facetAggregations } from './facets.ts';
import { orderOf } from './order.ts';

/** A search of OpenSearch, as its language has it. */
export type Question = Record<string, unknown>;

/**
 * What OpenSearch is asked for a search. It remembers the answers, each by its question, for as long as no other
 * document is found: what is the same on each page and in each order is a question of its own.
 */
export interface Questions {
  /** How many there are, and the facets. */
  totals: Question;
  /** Those of the page, but for where it begins and how long it is; none where nothing is shown. */
  page: Question | undefined;
  /** What each scores, where that is the same for all and asked for. */
  constantScore: number | undefined;
  /** Where a hit's score stands among what it is sorted by; undefined: beside. */
  scoreAt: number | undefined;
}

/**
 * Clauses that a fuzzy word counts for: how many terms it stands for is known to OpenSearch alone, which takes some
 * milliseconds for each.
 */
const clausesOfFuzzy = 5;

/** Clauses that a wildcard or an expression counts for: without a beginning, all terms of its field are looked at. */
const clausesOfScan = 20;

function clausesOf(leaf: LeafNode): number {
  switch (leaf.kind) {
    case 'fuzzy':
      return clausesOfFuzzy;
    case 'pattern':
      return leaf.pieces[0] && 'text' in leaf.pieces[0] ? 1 : clausesOfScan;
    case 'regularExpression':
      return clausesOfScan;
    default:
      return 1;
  }
}

/** @throws a search error when there are too many clauses */
export function questionsOf(query: EffectiveQuery): Questions {
  checkTerms(query, clausesOf);
  const constantScore = isScored(query) ? constantScoreOf(query.query) : undefined;
  const scored = isScored(query) && constantScore === undefined;
  const filters: Clause[] = query.filters.map((filter) => compileQuery(filter, false));
  const found: Clause = { bool: { filter: [compileQuery(query.query, false), ...filters] } };
  // Where all score alike scores order nothing.
  const sort = scored ? query.sort : query.sort.filter(({ by }) => by !== 'score');
  const scoreAt = sort.findIndex(({ by }) => by === 'score');
  const page: Question = {
    query: scored ? { bool: { must: [compileQuery(query.query, true)], filter: filters } } : found,
    sort: orderOf(sort),
    // Asked for beside another order, OpenSearch scores everything that it finds; sorted by, only what may be shown.
    track_scores: scored && scoreAt < 0,
    // So it need not look at what cannot be on the page.
    track_total_hits: false,
    // What is shown is read from the tables.
    _source: false,
    stored_fields: '_none_',
  };
  return {
    totals: {
      query: found,
      size: 0,
      track_total_hits: true,
      ...(query.facets ? { aggs: facetAggregations(query.facets) } : {}),
    },
    page: query.rows > 0 ? page : undefined,
    constantScore,
    scoreAt: scoreAt < 0 ? undefined : scoreAt,
  };
}
