import { fieldOf } from '../schema/field_type.ts';

/** Which stored fields an answer shows. */
export interface FieldList {
  names: ReadonlySet<string>;
  patterns: RegExp[];
  everything: boolean;
  score: boolean;
}

const name = /[^\s,;]+/y;

/**
 * Names parted by a comma or blanks, or the JSON text of a list of them, as a query string gives `facet.field`; `*` and
 * an empty list are every field, `extras_*` those that begin so.
 * What follows a name or a second comma without a blank is ignored, as Solr's reader ignores it.
 */
export function parseFieldList(given: string): FieldList {
  const text = namesInJson(given)?.join(' ') ?? given;
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    while (/\s/.test(text[at] ?? '')) at++;
    if (text[at] === ',') at++;
    while (/\s/.test(text[at] ?? '')) at++;
    name.lastIndex = at;
    const found = name.exec(text)?.[0];
    if (found !== undefined) parts.push(found);
    at += found?.length ?? 0;
    if (found === undefined || text[at] === ';') while (at < text.length && !/\s/.test(text[at]!)) at++;
  }
  const patterns = parts.filter((part) => part !== '*' && /[*?]/.test(part)).map(globExpression);
  return {
    names: new Set(parts),
    patterns,
    everything: text.trim() === '' || parts.includes('*'),
    score: parts.includes('score'),
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

function globExpression(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}

const shows = (list: FieldList, name: string) =>
  list.everything || list.names.has(name) || list.patterns.some((pattern) => pattern.test(name));

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
  for (const copy of ['data_dict', 'validated_data_dict'])
    if (document !== undefined && shows(list, copy)) item[copy] = document();
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
