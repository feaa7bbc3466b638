import { analyseForIndex } from '../../analysis/analyser.ts';
import type { FacetRequest } from '../../query/effective_query.ts';
import { fieldOf } from '../../schema/field_type.ts';
import type { FacetValue } from '../engine.ts';
import { columnOf } from './columns.ts';
import { indexKey } from './lexeme.ts';
import type { Parameters } from './parameters.ts';

/** How one facet is counted: a row a value, or a row for each list of values that still has to be analysed. */
export interface Facet {
  field: string;
  /** The document's values, as an expression over `d`; kept with each match. */
  values: string;
  counted: 'values' | 'texts';
}

/** Facets by value, or by term: what a field is made of, as far as it is stored. */
export function facetOf(field: string, parameters: Parameters): Facet {
  const { type } = fieldOf(field);
  const column = columnOf(field);
  if (column?.kind === 'list') return { field, values: column.sql, counted: 'values' };
  if (column?.kind === 'text') return { field, values: `ARRAY[${column.sql}]`, counted: 'values' };
  if (field === 'text' || field === 'urls')
    return { field, values: termsOf(field, parameters), counted: 'values' };
  const name = parameters.add(field, 'text');
  const stored = `ARRAY(SELECT DISTINCT jsonb_array_elements_text(d.fields->${name}))`;
  return { field, values: stored, counted: type === 'string' ? 'values' : 'texts' };
}

// Gathered from other fields and not stored: its terms are read from the index itself.
function termsOf(field: string, parameters: Parameters): string {
  const prefix = parameters.add(indexKey(field, ''), 'text');
  return `ARRAY(SELECT substr(lexeme, length(${prefix}) + 1) FROM unnest(d.terms) WHERE starts_with(lexeme, ${prefix}))`;
}

/** The counting query of the facet kept as `f<place>`, over all that matched. */
export function facetQuery(
  facet: Facet,
  place: number,
  request: FacetRequest,
  parameters: Parameters,
): string {
  const name = parameters.add(facet.field, 'text');
  if (facet.counted === 'texts')
    return `SELECT ${name} AS name, to_jsonb(values)::text AS value, count(*) AS amount
      FROM (SELECT f${place} AS values FROM matched) AS f WHERE cardinality(values) > 0 GROUP BY values`;
  const counted = `SELECT v AS value, count(*) AS amount
    FROM matched, unnest(f${place}) AS v WHERE v IS NOT NULL GROUP BY v`;
  const all =
    request.minimumCount > 0
      ? `${counted} HAVING count(*) >= ${parameters.add(request.minimumCount, 'bigint')}`
      : `SELECT known.value, coalesce(c.amount, 0) AS amount
         FROM (SELECT DISTINCT v AS value FROM portolan.search_document AS d, unnest(${facet.values}) AS v
           WHERE v IS NOT NULL) AS known
         LEFT JOIN (${counted}) AS c ON c.value = known.value`;
  const byCount = request.limit > 0 ? 'amount DESC, ' : '';
  const limit = request.limit > 0 ? `LIMIT ${parameters.add(request.limit, 'bigint')}` : '';
  return `SELECT ${name} AS name, value, amount FROM (${all}) AS f ORDER BY ${byCount}value COLLATE "C" ${limit}`;
}

interface FacetRow {
  name: string;
  value: string;
  amount: number;
}

const byCodePoint = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The counted facets in the order in which they are shown. */
export function readFacets(
  facets: Facet[],
  request: FacetRequest,
  rows: FacetRow[],
): Record<string, FacetValue[]> {
  const found: Record<string, FacetValue[]> = {};
  for (const { field, counted } of facets) {
    const own = rows.filter((row) => row.name === field);
    found[field] =
      counted === 'values'
        ? own.map(({ value, amount }) => ({ value, count: amount }))
        : countTerms(field, own, request);
  }
  return found;
}

function countTerms(field: string, rows: FacetRow[], request: FacetRequest): FacetValue[] {
  const type = fieldOf(field).type === 'text' ? 'text' : 'text_general';
  const counts = new Map<string, number>();
  for (const { value, amount } of rows) {
    const texts = JSON.parse(value) as string[];
    const terms = new Set(texts.flatMap((text) => analyseForIndex(text, type).map(({ term }) => term)));
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + amount);
  }
  const values = [...counts].map(([value, count]) => ({ value, count }));
  const kept = values.filter(({ count }) => count >= request.minimumCount);
  kept.sort((a, b) => (request.limit > 0 ? b.count - a.count : 0) || byCodePoint(a.value, b.value));
  return request.limit > 0 ? kept.slice(0, request.limit) : kept;
}
