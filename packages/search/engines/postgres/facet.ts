import type { FacetRequest } from '../../query/effective_query.ts';
import { searchError } from '../../query/search_error.ts';
import { byCodePoint } from '../../vocabulary/code_points.ts';
import type { FacetValue } from '../engine.ts';
import type { CodedColumn } from './column/coded_column.ts';
import { facetColumn } from './column/column_spec.ts';
import type { DocumentColumns } from './column/document_columns.ts';
import { pageOf } from './evaluate/page.ts';
import { sortInSteps } from './evaluate/sort_in_steps.ts';
import { inOneStep, type Steps } from './evaluate/steps.ts';
import type { FoundSet } from './memory/found_set.ts';
import { needing, type Planning } from './planning.ts';

type Facets = Record<string, FacetValue[]>;

/** Values of all facets that one answer tells. */
const mostValues = 100_000;

/** The facets of a search: values of exact fields, terms of text fields. Source: Solr's, spec/search 2.4. */
export function planFacets(
  request: FacetRequest,
  planning: Planning,
): (columns: DocumentColumns, found: FoundSet) => Steps<Facets> {
  if (request.limit === 0)
    return inOneStep(() => Object.fromEntries(request.fields.map((field) => [field, []])));
  const specs = request.fields.map((field) => [field, needing(planning, facetColumn(field))] as const);
  return function* (columns, found) {
    const facets: Facets = {};
    let told = 0;
    for (const [field, spec] of specs) {
      const column = columns.get(spec);
      const counts = found.countsOf(spec.key, column);
      const shown =
        request.minimumCount > 0
          ? (code: number) => counts[code]! >= request.minimumCount
          : isThere(columns, column);
      yield;
      const codes = codesOf(column, shown);
      told += request.limit < 0 ? codes.length : Math.min(codes.length, request.limit);
      if (told > mostValues) throw searchError(`the facets have more than ${mostValues} values`);
      facets[field] = yield* inOrder(codes, counts, column, request.limit);
    }
    return facets;
  };
}

/** A value that no document has any more is not shown, even where those without matches are. */
function isThere({ live }: DocumentColumns, column: CodedColumn): (code: number) => boolean {
  const everywhere = new Int32Array(column.values.length);
  live.each((slot) => column.count(slot, everywhere));
  return (code) => everywhere[code]! > 0;
}

function codesOf({ values }: CodedColumn, shown: (code: number) => boolean): Int32Array {
  const codes = new Int32Array(values.length);
  let filled = 0;
  for (let code = 0; code < values.length; code++) if (shown(code)) codes[filled++] = code;
  return codes.subarray(0, filled);
}

function* inOrder(
  codes: Int32Array,
  counts: Int32Array,
  { values }: CodedColumn,
  limit: number,
): Steps<FacetValue[]> {
  const byValue = (a: number, b: number) => byCodePoint(values[a]!, values[b]!);
  const byCount = (a: number, b: number) => counts[b]! - counts[a]! || byValue(a, b);
  const shown = limit < 0 ? yield* sortInSteps(codes, byValue) : pageOf(codes, byCount, 0, limit);
  return [...shown].map((code) => ({ value: values[code]!, count: counts[code]! }));
}
