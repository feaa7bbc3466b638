import type { FacetRequest } from '../../query/effective_query.ts';
import type { FacetValue } from '../engine.ts';
import { literally } from './compile_pattern.ts';
import { placeOf } from './place.ts';

/** As many as OpenSearch makes in one search. */
const most = 65_000;

/** Aggregations by the facet's number: a field's name may hold what such a name may not. */
export function facetAggregations({ fields, limit, minimumCount }: FacetRequest): Record<string, object> {
  if (limit === 0) return {};
  const wantsAbsent = minimumCount < 1;
  const aggregations = fields.flatMap((field, number): [string, object][] => {
    const { path, prefix } = placeOf(field);
    const of = { field: path, ...(prefix ? { include: `${literally(prefix)}.*` } : {}) };
    const terms = {
      ...of,
      size: limit < 0 || wantsAbsent ? most : Math.min(limit, most),
      min_doc_count: Math.max(0, minimumCount),
      // By code point where all are asked for, else the most frequent first.
      order: limit < 0 ? { _key: 'asc' } : [{ _count: 'desc' }, { _key: 'asc' }],
    };
    const counted: [string, object] = [String(number), { terms }];
    // Lucene still knows values of documents that are gone: those that are not are counted beside.
    return wantsAbsent
      ? [counted, [knownName(number), { global: {}, aggs: { known: { terms: { ...of, size: most } } } }]]
      : [counted];
  });
  return Object.fromEntries(aggregations);
}

const knownName = (number: number) => `known-${number}`;

/** What an aggregation answers. */
export interface Aggregation {
  buckets: { key: string; doc_count: number }[];
  known?: Aggregation;
  /** Of a maximum. */
  value?: number | null;
}

export function facetsOf(
  { fields, limit, minimumCount }: FacetRequest,
  found: Record<string, Aggregation> = {},
): Record<string, FacetValue[]> {
  const facets: Record<string, FacetValue[]> = {};
  for (const [number, field] of fields.entries()) {
    const { length } = placeOf(field).prefix;
    const known = minimumCount < 1 && new Set(found[knownName(number)]?.known?.buckets.map(({ key }) => key));
    const buckets = (found[number]?.buckets ?? []).filter(({ key }) => !known || known.has(key));
    facets[field] = buckets
      .slice(0, limit < 0 ? undefined : limit)
      .map(({ key, doc_count: count }) => ({ value: key.slice(length), count }));
  }
  return facets;
}
