import type { FacetRequest } from '../../query/effective_query.ts';
import type { FacetValue } from '../engine.ts';
import { literally } from './compile_pattern.ts';
import { placeOf } from './place.ts';

/** As many as OpenSearch makes in one search. */
const most = 65_000;

/** Aggregations by the facet's number: a field's name may hold what such a name may not. */
export function facetAggregations({ fields, limit, minimumCount }: FacetRequest): Record<string, object> {
  if (limit === 0) return {};
  return Object.fromEntries(
    fields.map((field, number) => {
      const { path, prefix } = placeOf(field);
      const terms = {
        field: path,
        size: limit < 0 ? most : Math.min(limit, most),
        min_doc_count: Math.max(0, minimumCount),
        // By code point where all are asked for, else the most frequent first.
        order: limit < 0 ? { _key: 'asc' } : [{ _count: 'desc' }, { _key: 'asc' }],
        ...(prefix ? { include: `${literally(prefix)}.*` } : {}),
      };
      return [String(number), { terms }];
    }),
  );
}

/** What an aggregation answers. */
export interface Aggregation {
  buckets: { key: string; doc_count: number }[];
}

export function facetsOf(
  { fields }: FacetRequest,
  found: Record<string, Aggregation> = {},
): Record<string, FacetValue[]> {
  const facets: Record<string, FacetValue[]> = {};
  for (const [number, field] of fields.entries()) {
    const { length } = placeOf(field).prefix;
    facets[field] = (found[number]?.buckets ?? []).map(({ key, doc_count: count }) => ({
      value: key.slice(length),
      count,
    }));
  }
  return facets;
}
