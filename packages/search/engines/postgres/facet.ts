import type { FacetRequest } from '../../query/effective_query.ts';
import type { FacetValue } from '../engine.ts';
import { facetColumn } from './column/column_spec.ts';
import { byCodePoint } from './evaluate/code_points.ts';
import type { Match, Run } from './evaluate/match.ts';
import { needing, type Planning } from './planning.ts';

type Facets = Record<string, FacetValue[]>;

/** The facets of a search: values of exact fields, terms of text fields. Source: Solr's, spec/search 2.4. */
export function planFacets(request: FacetRequest, planning: Planning): (run: Run, match: Match) => Facets {
  if (request.limit === 0) return () => Object.fromEntries(request.fields.map((field) => [field, []]));
  const columns = request.fields.map((field) => [field, needing(planning, facetColumn(field))] as const);
  return (run, { bits }) => {
    const facets: Facets = {};
    for (const [field, spec] of columns) {
      const column = run.columns.get(spec);
      const counts = new Int32Array(column.values.length);
      bits.each((slot) => column.count(slot, counts));
      // A value that no document has any more is not shown, even where those without matches are.
      const known = request.minimumCount > 0 ? undefined : new Int32Array(column.values.length);
      if (known) run.columns.live.each((slot) => column.count(slot, known));
      const values: FacetValue[] = [];
      for (const [code, count] of counts.entries())
        if (known ? known[code]! > 0 : count >= request.minimumCount)
          values.push({ value: column.values[code]!, count });
      facets[field] = inOrder(values, request.limit);
    }
    return facets;
  };
}

function inOrder(values: FacetValue[], limit: number): FacetValue[] {
  if (limit < 0) return values.sort((a, b) => byCodePoint(a.value, b.value));
  return values.sort((a, b) => b.count - a.count || byCodePoint(a.value, b.value)).slice(0, limit);
}
