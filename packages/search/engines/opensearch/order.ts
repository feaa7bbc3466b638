import type { SortItem } from '../../query/sort.ts';
import { fieldOf } from '../../schema/field_type.ts';
import { numberPath, ownValues, titlePath } from './place.ts';
import { dateText, sortPlace } from './sort_values.ts';

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
  const path = ownPath(field);
  if (path !== undefined) return { [path]: { order, missing: '_last', mode: descending ? 'max' : 'min' } };
  const isDate = fieldOf(field).type === 'date';
  const missing = isDate ? dateText(0) : descending ? '' : highest;
  const params = { ...sortPlace(field), descending, missing };
  return { _script: { type: 'string', order, script: { source: extreme, params } } };
}

/** Where nothing but the field's own values stand: OpenSearch puts documents in their order without reading them. */
function ownPath(field: string): string | undefined {
  if (field === 'title' || field === 'title_ngram') return titlePath;
  const name = field === 'type' ? 'dataset_type' : field;
  if (fieldOf(name).type === 'string' && own.has(name)) return `value.${name}`;
  const { path, prefix } = sortPlace(field);
  return prefix === '' ? path : undefined;
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
