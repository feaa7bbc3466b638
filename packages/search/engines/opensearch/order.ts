import type { SortItem } from '../../query/sort.ts';
import { fieldOf } from '../../schema/field_type.ts';
import { numberPath, ownValues, titlePath } from './place.ts';
import { datesPath, dateText, sortPath, sortPrefix } from './sort_values.ts';

const own = new Set(ownValues);

/** As `sort` of a search: what is equal in everything comes as it was indexed first. */
export const orderOf = (items: readonly SortItem[]): object[] => [
  ...items.map(({ by, descending }) => orderBy(by, descending)),
  { place: { order: 'asc' } },
];

/** Texts by code point, those without a value last either way; of several the smallest or largest counts. */
function orderBy(field: string, descending: boolean): object {
  const order = descending ? 'desc' : 'asc';
  if (field === 'score') return { _score: { order } };
  const number = numberPath(field);
  if (number !== undefined) return { [number]: { order, missing: 0 } };
  const path = field === 'title' || field === 'title_ngram' ? titlePath : ownPath(field);
  if (path !== undefined) return { [path]: { order, missing: '_last', mode: descending ? 'max' : 'min' } };
  const isDate = fieldOf(field).type === 'date';
  const missing = isDate ? dateText(0) : descending ? '' : highest;
  const params = { path: isDate ? datesPath : sortPath, prefix: sortPrefix(field), descending, missing };
  return { _script: { type: 'string', order, script: { source: extreme, params } } };
}

function ownPath(field: string): string | undefined {
  const name = field === 'type' ? 'dataset_type' : field;
  return fieldOf(name).type === 'string' && own.has(name) ? `value.${name}` : undefined;
}

/** No text comes after it. */
const highest = '\u{10ffff}'.repeat(2);

// Values stand in their order.
const extreme = `
  String found = null;
  for (String value : doc[params.path]) {
    if (!value.startsWith(params.prefix)) continue;
    if (found == null || params.descending) found = value;
  }
  return found == null ? params.missing : found.substring(params.prefix.length());`;
