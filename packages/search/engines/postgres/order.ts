import type { SortItem } from '../../query/sort.ts';
import { fieldOf } from '../../schema/field_type.ts';
import { columnOf } from './columns.ts';
import type { Parameters } from './parameters.ts';

/** A sort key: an expression over `d`, or the score. */
export interface SortKey {
  sql: string;
  direction: string;
}

/**
 * The keys of an order. Texts compare by code point, documents without a value come last either way; a field with
 * several values sorts by its smallest (ascending) or largest one; dates and numbers count as 0 where missing.
 */
export function sortKeys(items: SortItem[], score: string, parameters: Parameters): SortKey[] {
  return items.map(({ by, descending }) => {
    const way = descending ? 'DESC' : 'ASC';
    return by === 'score'
      ? { sql: score, direction: `${way} NULLS LAST` }
      : { sql: keyOf(by, descending, parameters), direction: `${way} NULLS LAST` };
  });
}

function keyOf(field: string, descending: boolean, parameters: Parameters): string {
  const { type } = fieldOf(field);
  const column = columnOf(field);
  if (column?.kind === 'number') return `coalesce(${column.sql}, 0)`;
  const name = () => parameters.add(field, 'text');
  if (type === 'date' || type === 'int' || type === 'float')
    return `coalesce((d.numbers->>${name()})::float8, 0)`;
  if (field === 'title' || field === 'title_ngram') return 'lower(d.title_string)';
  const extreme = descending ? 'max' : 'min';
  if (column?.kind === 'list') return `(SELECT ${extreme}(v COLLATE "C") FROM unnest(${column.sql}) AS v)`;
  if (column) return column.sql;
  const value = type === 'string' ? 'v' : 'lower(v)';
  return `(SELECT ${extreme}(${value} COLLATE "C") FROM jsonb_array_elements_text(d.fields->${name()}) AS v)`;
}
