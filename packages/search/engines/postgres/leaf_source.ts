import type { PhraseNode } from '../../ast/phrase_node.ts';
import type { NumberRangeNode } from '../../ast/range_node.ts';
import { anyBeginning, anyOf, frequencyBits, frequencyMark, indexKey } from './lexeme.ts';
import type { Parameters } from './parameters.ts';
import { arrangementsOf, nearCondition } from './phrase.ts';
import type { ShapeLookup } from './shape_lookup.ts';

// A look-up gives rows (amount, numbers): packed numbers of documents with so many occurrences. In places it has marks,
// comments to PostgreSQL, at which it can be narrowed to a few documents.
const argumentMark = '/*among*/';
const conditionMark = '/*and among*/';

/** The look-up among the documents whose numbers the parameter gives. */
export const among = (source: string, numbers: string): string =>
  source
    .replaceAll(argumentMark, `, ${numbers}`)
    .replaceAll(conditionMark, `AND d.number = ANY (${numbers})`);

/** A word of a text field with its synonyms. Hundreds of them are one query: each is cheap, and so are they all. */
export interface WordLookup {
  /** Under which they stand in the index. */
  keys: readonly string[];
  /** With a list for each word and for each bit of its further occurrences; else documents with any of them. */
  scored: boolean;
}

/** Look-ups of words, all scored or none, as rows (leaf, amount, numbers). */
export function wordsSource(
  words: readonly { leaf: number; lookup: WordLookup }[],
  scored: boolean,
  parameters: Parameters,
): string {
  const rows = words.flatMap(({ leaf, lookup: { keys } }) =>
    (scored ? keys : [anyOf(keys)]).map((text) => ({ leaf, text })),
  );
  const leaves = parameters.add(
    rows.map(({ leaf }) => leaf),
    'integer[]',
  );
  const texts = parameters.add(
    rows.map(({ text }) => text),
    'text[]',
  );
  const from = `FROM unnest(${leaves}, ${texts}) AS word(leaf, text)`;
  return scored
    ? `SELECT word.leaf, o.amount, o.numbers ${from},
        portolan.search_occurrences(word.text, ${parameters.add(frequencyMark, 'text')}, ${frequencyBits}${argumentMark}) AS o`
    : `SELECT word.leaf, 1::float8 AS amount, ${numbersOf('word.text::tsquery')} AS numbers ${from}`;
}

/** The look-up as it is read by people. */
export const unmarked = (source: string): string =>
  source.replaceAll(argumentMark, '').replaceAll(conditionMark, '').replace(/\s+/g, ' ');

const list = (numbers: string) => `SELECT 1::float8 AS amount, ${numbers} AS numbers`;
const listOf = (from: string) =>
  `${list("string_agg(int4send(number), '')")} FROM (SELECT d.number FROM ${from} ${conditionMark}) AS found`;
const numbersOf = (query: string) => `portolan.search_numbers(${query}${argumentMark})`;
const documents = 'portolan.search_document AS d';
const documentsWith = (field: string) =>
  `portolan.search_values(ARRAY[${field}]${argumentMark}) JOIN ${documents} USING (number)`;

export function exactSource(field: string, values: readonly string[], parameters: Parameters): string {
  const keys = parameters.add(
    values.map((value) => indexKey(field, value)),
    'text[]',
  );
  return list(`portolan.search_value_numbers(${keys}${argumentMark})`);
}

export const existsSource = (field: string, parameters: Parameters): string =>
  list(`portolan.search_value_numbers(${parameters.add([field], 'text[]')}${argumentMark})`);

/** Documents whose row `d` fulfils the condition. */
export const conditionSource = (condition: string): string => listOf(`${documents} WHERE (${condition})`);

const postingCondition = (condition: string): string =>
  listOf(`portolan.search_posting AS d WHERE (${condition})`);

export function phraseSource(node: PhraseNode, parameters: Parameters): string {
  const arrangements = arrangementsOf(node);
  return arrangements
    ? list(numbersOf(parameters.add(arrangements.join(' | '), 'tsquery')))
    : postingCondition(nearCondition(node, parameters));
}

/** Documents with a term of some shape. */
export function shapeSource(
  field: string,
  { beginnings, groups }: ShapeLookup,
  parameters: Parameters,
): string {
  const keysOf = (terms: readonly string[]) => terms.map((term) => indexKey(field, term));
  const queries = [
    ...groups.map((terms) => anyOf(keysOf(terms))),
    ...beginnings.map((some) => anyBeginning(keysOf(some))),
  ];
  return `${list(numbersOf('lookup.query::tsquery'))} FROM unnest(${parameters.add(queries, 'text[]')}) AS lookup(query)`;
}

export function numberRangeSource(node: NumberRangeNode, parameters: Parameters): string {
  const name = parameters.add(node.field, 'text');
  const bounds = boundConditions(node, `(d.numbers->>${name})::float8`, parameters);
  return listOf(`${documentsWith(name)}
    WHERE ${bounds.length > 0 ? bounds.join(' AND ') : 'true'}`);
}

function boundConditions({ lower, upper }: NumberRangeNode, value: string, parameters: Parameters): string[] {
  const conditions: string[] = [];
  if (lower)
    conditions.push(`${value} ${lower.inclusive ? '>=' : '>'} ${parameters.add(lower.value, 'float8')}`);
  if (upper)
    conditions.push(`${value} ${upper.inclusive ? '<=' : '<'} ${parameters.add(upper.value, 'float8')}`);
  return conditions;
}
