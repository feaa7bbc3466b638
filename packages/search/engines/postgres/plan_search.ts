import { leavesOf } from '../../ast/leaves_of.ts';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import { fieldOf, isTokenised } from '../../schema/field_type.ts';
import { Effort } from '../../vocabulary/effort.ts';
import { checkTerms } from '../check_terms.ts';
import { constantScoreOf } from '../constant_score.ts';
import { isScored } from '../is_scored.ts';
import type { Plan } from './evaluate/match.ts';
import { type PlannedOrder, planOrder } from './evaluate/order.ts';
import { planQuery } from './evaluate/plan.ts';
import { expand, type Vocabularies } from './expansions.ts';
import { planFacets } from './facet.ts';
import { CostLimit, type LookupCosts } from './lookup_cost.ts';
import { keyOf, partKey } from './memory/found_results.ts';
import { Parameters } from './parameters.ts';
import type { Planning } from './planning.ts';
import type { DocumentSample } from './vocabulary/document_sample.ts';

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

/** Where the terms are known from that a search does not name itself, and what looking them up may cost. */
export interface ExpansionTerms {
  vocabularies: Vocabularies;
  costs: LookupCosts;
  /** Milliseconds that the search has. */
  timeout: number;
}

/** Of fewer words than that nobody has to be told how common they are. */
const manyWords = 30;

async function samplesFor(
  { query, filters }: EffectiveQuery,
  vocabularies: Vocabularies,
): Promise<Map<string, DocumentSample>> {
  const samples = new Map<string, DocumentSample>();
  const fields = new Set<string>();
  // A word that is looked for in several fields is one.
  const words = new Set<string>();
  for (const leaf of [query, ...filters].flatMap(leavesOf)) {
    if (leaf.kind !== 'term' && leaf.kind !== 'phrase') continue;
    if (!isTokenised(fieldOf(leaf.field).type)) continue;
    fields.add(leaf.field);
    for (const { terms } of leaf.kind === 'term' ? [leaf] : leaf.positions)
      for (const term of terms) words.add(term);
  }
  if (words.size < manyWords) return samples;
  for (const field of fields) samples.set(field, await vocabularies.sample(field));
  return samples;
}

export async function planSearch(query: EffectiveQuery, terms: ExpansionTerms): Promise<PlannedSearch> {
  const planning = await planningOf(query, terms);
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

async function planningOf(
  query: EffectiveQuery,
  { vocabularies, costs, timeout }: ExpansionTerms,
): Promise<Planning> {
  const effort = new Effort();
  const limits = { effort, cost: new CostLimit(costs.most), cheap: costs.cheap };
  const expansions = await expand([query.query, ...query.filters], vocabularies, limits);
  // A fuzzy word counts for as many clauses as it stands for terms, as in Lucene.
  checkTerms(query, (leaf) => (leaf.kind === 'fuzzy' ? expansions.near.get(leaf)!.length : 1));
  return {
    parameters: new Parameters(),
    leaves: new Map(),
    lookups: new Map(),
    leafKeys: new Map(),
    leafCosts: new Map(),
    mostCost: Math.min(timeout, costs.words),
    samples: await samplesFor(query, vocabularies),
    rests: [],
    columns: new Map(),
    scoredFields: new Set(),
    expansions,
    effort,
  };
}
