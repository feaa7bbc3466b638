import type { Sql } from '@portolan/db';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import { Effort } from '../../vocabulary/effort.ts';
import { checkTerms } from '../check_terms.ts';
import { isScored } from '../is_scored.ts';
import { constantScoreOf } from './evaluate/constant_score.ts';
import type { Plan } from './evaluate/match.ts';
import { type PlannedOrder, planOrder } from './evaluate/order.ts';
import { planQuery } from './evaluate/plan.ts';
import { expand } from './expansions.ts';
import { planFacets } from './facet.ts';
import { keyOf, partKey } from './memory/found_results.ts';
import { Parameters } from './parameters.ts';
import type { Planning } from './planning.ts';

/** A search, ready to run once its look-ups and columns are there. */
export interface PlannedSearch {
  planning: Planning;
  /** Names what is found, whatever is shown of it. */
  key: string;
  main: Plan;
  filters: { key: string; plan: Plan }[];
  /** Whether `main` gives scores. */
  scored: boolean;
  /** What all score, where that is the same and asked for. */
  constantScore: number | undefined;
  order: PlannedOrder;
  start: number;
  rows: number;
  facets: ReturnType<typeof planFacets> | undefined;
}

export async function planSearch(sql: Sql, query: EffectiveQuery): Promise<PlannedSearch> {
  const planning = await planningOf(sql, query);
  const constantScore = isScored(query) ? constantScoreOf(query.query) : undefined;
  const scored = isScored(query) && constantScore === undefined;
  const sort = scored ? query.sort : query.sort.filter(({ by }) => by !== 'score');
  // Words like a fuzzy one may be others tomorrow.
  const words = [...planning.expansions.near.values()];
  return {
    planning,
    key: keyOf(['found', partKey(query.query), query.filters.map(partKey), words]),
    main: planQuery(query.query, planning, scored),
    filters: query.filters.map((filter) => ({
      key: keyOf(['filter', partKey(filter), words]),
      plan: planQuery(filter, planning, false),
    })),
    scored,
    constantScore,
    order: planOrder(sort, planning),
    start: query.start,
    rows: query.rows,
    facets: query.facets ? planFacets(query.facets, planning) : undefined,
  };
}

async function planningOf(sql: Sql, query: EffectiveQuery): Promise<Planning> {
  const effort = new Effort();
  const expansions = await expand(sql, [query.query, ...query.filters], effort);
  // A fuzzy word counts for as many clauses as it stands for terms, as in Lucene.
  checkTerms(query, (leaf) => (leaf.kind === 'fuzzy' ? expansions.near.get(leaf)!.length : 1));
  return {
    parameters: new Parameters(),
    leaves: new Map(),
    leafKeys: new Map(),
    columns: new Map(),
    scoredFields: new Set(),
    expansions,
    effort,
  };
}
