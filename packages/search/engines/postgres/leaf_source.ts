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

/** Without `scored`, documents with any of the terms; with it, a list for each term and for each bit of its further occurrences. */
export function textTermSource(
  field: string,
  terms: readonly string[],
  scored: boolean,
  parameters: Parameters,
): string {
  if (!scored) {
    const query = parameters.add(anyOf(terms.map((term) => indexKey(field, term))), 'tsquery');
    return list(numbersOf(query));
  }
  return terms
    .map((term) => {
      const key = parameters.add(indexKey(field, term), 'text');
      const mark = parameters.add(frequencyMark, 'text');
      return `SELECT amount, numbers
        FROM portolan.search_occurrences(${key}, ${mark}, ${frequencyBits}${argumentMark})`;
    })
    .join(' UNION ALL ');
}

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
