import type { Params } from '@portolan/catalogue';
import { BadSearchOption } from './bad_request.ts';

/** Parameters that mean the same to `package_search`; `fq` is not among them, everything legacy is public. */
const passed = new Set(
  `rows start sort fl qf defType mm tie bf boost wt facet facet.field facet.limit facet.mincount callback
  ext_bbox ext_prev_extent`.split(/\s+/),
);
const unsupported = new Set(['filter_by_downloadable', 'filter_by_openness']);

/**
 * `package_search`'s parameters of what a client of the search API before CKAN 2.9 sent: every parameter that is no
 * option is a field to look in, and all parts join `q`.
 * Source: spec/search 6.2, CKAN's `convert_legacy_parameters_to_solr`.
 * @throws BadSearchOption
 */
export function convertLegacyParameters(given: Params): Params {
  const converted: Params = { fq: '+capacity:public' };
  const parts: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (unsupported.has(name)) throw new BadSearchOption(`Search option '${name}' is not supported`);
    if (name === 'q') parts.push(spaced(textOf(name, value)));
    else if (name === 'tags') parts.push(...tagParts(value));
    else if (name === 'limit' || name === 'offset') converted[nativeName[name]] = wholeNumber(name, value);
    else if (name === 'all_fields') {
      if (isOn(value)) converted['fl'] = '*';
    } else if (name === 'order_by') {
      // Relevance is the order already.
      if (value !== '' && value !== 'rank') converted['sort'] = `${textOf(name, value)} asc`;
    } else if (passed.has(name)) converted[name] = value;
    else if (name !== 'fq') parts.push(fieldPart(name, textOf(name, value)));
  }
  const q = parts.filter((part) => part !== '').join(' ');
  return q === '' ? converted : { ...converted, q };
}

const nativeName = { limit: 'rows', offset: 'start' } as const;

/** The same two names where all others are `package_search`'s own. */
export function renamePaging({ limit, offset, ...given }: Params): Params {
  const renamed: Params = given;
  if (limit !== undefined) renamed['rows'] ??= limit;
  if (offset !== undefined) renamed['start'] ??= offset;
  return renamed;
}

const spaced = (text: string) => text.replaceAll('+', ' ');
const escaped = (text: string) => text.replace(/[\\+\-&|!(){}[\]^"~*?:]/g, '\\$&');

function fieldPart(name: string, value: string): string {
  const text = spaced(value).trim();
  if (text === '') return '';
  return `${name}:${/\s/.test(text) ? `"${escaped(text)}"` : escaped(text)}`;
}

function tagParts(value: unknown): string[] {
  const tags = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(tags) || tags.some((tag) => typeof tag !== 'string'))
    throw new BadSearchOption("Value for search option 'tags' must be a text or a list of texts");
  return tags.filter((tag) => tag.trim() !== '').map((tag) => `tags:"${escaped(tag)}"`);
}

function textOf(name: string, value: unknown): string {
  // A field that is given twice: its last value, as in a dictionary.
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  if (typeof last === 'string') return last;
  if (typeof last === 'number' || typeof last === 'boolean') return String(last);
  if (last === null || last === undefined) return '';
  throw new BadSearchOption(`Value for search option '${name}' must be a text`);
}

function wholeNumber(name: string, value: unknown): number {
  const text = textOf(name, value).trim();
  if (!/^[+-]?\d{1,15}$/.test(text))
    throw new BadSearchOption(
      `Value for search option '${name}' must be an integer but received '${textOf(name, value)}'`,
    );
  return Number(text);
}

const yes = new Set(['true', 'yes', 'on', 'y', 't', '1']);
const no = new Set(['false', 'no', 'off', 'n', 'f', '0', '']);

function isOn(value: unknown): boolean {
  const word = textOf('all_fields', value).trim().toLowerCase();
  if (yes.has(word)) return true;
  if (no.has(word)) return false;
  throw new BadSearchOption(
    `Value for search option 'all_fields' must be true or false but received '${word}'`,
  );
}

/**
 * The terms of a legacy resource search: each other parameter's words, one `field:word` each. `q` says nothing.
 * Source: spec/search 6.3.
 * @throws BadSearchOption
 */
export function convertResourceParameters(given: Params): { params: Params; allFields: boolean } {
  const params: Params = {};
  const query: string[] = [];
  let allFields = false;
  for (const [name, value] of Object.entries(given)) {
    if (name === 'q' || name === 'callback') continue;
    if (name === 'all_fields') allFields = isOn(value);
    else if (name === 'limit' || name === 'offset') params[name] = wholeNumber(name, value);
    else if (name === 'order_by') params[name] = textOf(name, value);
    else for (const word of textOf(name, value).split(/\s+/)) if (word !== '') query.push(`${name}:${word}`);
  }
  return { params: { ...params, query }, allFields };
}
