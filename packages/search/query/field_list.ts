import type { PatternPiece } from '../ast/pattern_node.ts';
import { longestFieldList, mostFieldPatterns } from '../parser/limits.ts';
import { fieldOf } from '../schema/field_type.ts';
import { patternTest } from '../vocabulary/pattern_test.ts';
import { searchQueryError } from './search_error.ts';

/** Which stored fields an answer shows. */
export interface FieldList {
  names: ReadonlySet<string>;
  /** Whether one of the patterns, such as `extras_*`, names the field. */
  fits(name: string): boolean;
  everything: boolean;
  score: boolean;
}

const gap = /\s*,?\s*/y;
const name = /[^\s,;]*/y;
const rest = /\S*/y;

/** Where what the expression finds at this place ends. */
function endOf(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return at + expression.exec(text)![0].length;
}

/**
 * Names parted by a comma or blanks, or the JSON text of a list of them, as a query string gives `facet.field`; `*` and
 * an empty list are every field, `extras_*` those that begin so.
 * What follows a name or a second comma without a blank is ignored, as Solr's reader ignores it.
 * @throws PortolanError `searchQuery` when it is too long or has too many patterns
 */
export function parseFieldList(given: string): FieldList {
  const text = namesInJson(given)?.join(' ') ?? given;
  if (text.length > longestFieldList)
    throw searchQueryError(`Invalid "fl" parameter: longer than ${longestFieldList} characters`);
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    at = endOf(gap, text, at);
    const end = endOf(name, text, at);
    if (end > at) parts.push(text.slice(at, end));
    at = end === at || text[end] === ';' ? endOf(rest, text, end) : end;
  }
  const names = new Set(parts);
  return {
    names,
    fits: patternsTest(parts.filter((part) => part !== '*' && /[*?]/.test(part))),
    everything: text.trim() === '' || names.has('*'),
    score: names.has('score'),
  };
}

function namesInJson(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : undefined;
  } catch {
    // `[docid]` is a name of Solr's.
    return undefined;
  }
}

/** The documents of an answer have mostly the same fields, so each name is looked at once. */
function patternsTest(patterns: string[]): (name: string) => boolean {
  if (patterns.length > mostFieldPatterns)
    throw searchQueryError(`Invalid "fl" parameter: more than ${mostFieldPatterns} patterns`);
  const tests = patterns.map((pattern) => patternTest(piecesOf(pattern)));
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const fits = tests.some((test) => test(name));
    known.set(name, fits);
    return fits;
  };
}

const piecesOf = (pattern: string): PatternPiece[] =>
  Array.from(pattern.matchAll(/\*+|\?|[^*?]+/g), ([part]) =>
    part[0] === '*' ? { wild: 'any' } : part === '?' ? { wild: 'one' } : { text: part },
  );

const shows = (list: FieldList, name: string) => list.everything || list.names.has(name) || list.fits(name);

/** Fields that hold the text of the whole dataset, which is no part of the index document. */
const datasetFields = ['data_dict', 'validated_data_dict'];

/** Whether a list shows the text of the whole dataset. */
export const showsDataset = (list: FieldList): boolean => datasetFields.some((name) => shows(list, name));

/**
 * The stored fields of a hit that `fl` asks for, as Solr shows them: single values as text, those of multi-valued
 * fields as lists. The text of the whole dataset is made only where it is shown.
 */
export function presentStored(
  fields: Record<string, string[]>,
  list: FieldList,
  score: number | undefined,
  document?: () => string,
): Record<string, unknown> {
  const item: Record<string, unknown> = {};
  for (const copy of datasetFields) if (document !== undefined && shows(list, copy)) item[copy] = document();
  for (const [name, values] of Object.entries(fields)) {
    const { stored, multiValued, type } = fieldOf(name);
    if (!stored || !shows(list, name)) continue;
    const shown = values.map((value) => presentValue(value, type));
    item[name] = multiValued ? shown : shown[0];
  }
  for (const copy of ['title', 'name'] as const) {
    const values = fields[copy];
    if (values && shows(list, `${copy}_ngram`)) item[`${copy}_ngram`] = values[0];
  }
  if (list.score && score !== undefined) item['score'] = score;
  return item;
}

/** The same with `extras_` cut off. Source: CKAN's `package_search` and `PackageSearchQuery.run`. */
export function presentFields(...given: Parameters<typeof presentStored>): Record<string, unknown> {
  const item: Record<string, unknown> = {};
  const extras: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(presentStored(...given)))
    if (name.startsWith('extras_')) extras[name.slice('extras_'.length)] = value;
    else item[name] = value;
  return { ...item, ...extras };
}

/** Of an item that `presentFields` made, what lost its `extras_`; a stored field that hides an extra is left out. */
export function strippedExtras(item: Record<string, unknown>, list: FieldList): Record<string, unknown> {
  const isExtra = (name: string) =>
    name !== 'score' && shows(list, `extras_${name}`) && !(shows(list, name) && fieldOf(name).stored);
  return Object.fromEntries(Object.entries(item).filter(([name]) => isExtra(name)));
}

function presentValue(value: string, type: string): unknown {
  if (type === 'date') return value.replace('.000Z', 'Z');
  return type === 'int' || type === 'float' ? Number(value) : value;
}
