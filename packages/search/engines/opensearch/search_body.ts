import type { EffectiveQuery } from '../../query/effective_query.ts';
import { isScored } from '../is_scored.ts';
import type { Clause } from './clauses.ts';
import { compileQuery } from './compile.ts';
import { facetAggregations } from './facets.ts';
import { orderOf } from './order.ts';

/** The whole search as OpenSearch is asked, but for the page. */
export function searchBody(query: EffectiveQuery): Record<string, unknown> {
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
