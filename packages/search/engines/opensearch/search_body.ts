import type { EffectiveQuery } from '../../query/effective_query.ts';
import { checkTerms } from '../check_terms.ts';
import { isScored } from '../is_scored.ts';
import type { Clause } from './clauses.ts';
import { compileQuery } from './compile.ts';
import { facetAggregations } from './facets.ts';
import { orderOf } from './order.ts';

/**
 * Clauses that a fuzzy word counts for: how many terms it stands for is known to OpenSearch alone, which takes some
 * milliseconds for each.
 */
const clausesOfFuzzy = 5;

/** The whole search as OpenSearch is asked, but for the page. @throws a search error when it has too many clauses */
export function searchBody(query: EffectiveQuery): Record<string, unknown> {
  checkTerms(query, ({ kind }) => (kind === 'fuzzy' ? clausesOfFuzzy : 1));
  const scored = isScored(query);
  const filters: Clause[] = query.filters.map((filter) => compileQuery(filter, false));
  const main = compileQuery(query.query, scored);
  const bool = scored ? { must: [main], filter: filters } : { filter: [main, ...filters] };
  return {
    query: { bool },
    sort: orderOf(query.sort),
    track_scores: scored,
    track_total_hits: true,
    _source: false,
    ...(query.facets ? { aggs: facetAggregations(query.facets) } : {}),
  };
}
