import type { PatternPiece } from '../../ast/pattern_node.ts';
import type { PhraseNode } from '../../ast/phrase_node.ts';
import type { NumberRangeNode, TermRangeNode } from '../../ast/range_node.ts';
import { anyOf, frequencyBits, frequencyMark, indexKey } from './lexeme.ts';
import type { Parameters } from './parameters.ts';
import { arrangementsOf, nearCondition } from './phrase.ts';

// A look-up gives rows (amount, numbers, matching): packed numbers of documents with so many occurrences, or of how
// many documents a word of a phrase is in.

const list = (numbers: string, amount = '1') =>
  `SELECT ${amount}::float8 AS amount, ${numbers} AS numbers, NULL::float8 AS matching`;
const listOf = (from: string) =>
  `${list("string_agg(int4send(number), '')")} FROM (SELECT number FROM ${from}) AS found`;
const documents = 'portolan.search_document';

/** Without `scored`, documents with any of the terms; with it, a list for each term and for each bit of its further occurrences. */
export function textTermSource(
  field: string,
  terms: readonly string[],
  scored: boolean,
  parameters: Parameters,
): string {
  if (!scored) {
    const query = parameters.add(anyOf(terms.map((term) => indexKey(field, term))), 'tsquery');
    return list(`portolan.search_numbers(${query})`);
  }
  return terms
    .map((term) => {
      const key = parameters.add(indexKey(field, term), 'text');
      const mark = parameters.add(frequencyMark, 'text');
      return `${list(`portolan.search_numbers(portolan.search_lexeme(${key}))`)}
        UNION ALL ${list(`portolan.search_numbers(portolan.search_lexeme(${key} || ${mark} || place))`, '2 ^ place')}
        FROM generate_series(0, ${frequencyBits - 1}) AS place`;
    })
    .join(' UNION ALL ');
}

export function exactSource(field: string, values: readonly string[], parameters: Parameters): string {
  const keys = parameters.add(
    values.map((value) => indexKey(field, value)),
    'text[]',
  );
  return list(`portolan.search_value_numbers(${keys})`);
}

export const existsSource = (field: string, parameters: Parameters): string =>
  list(`portolan.search_value_numbers(${parameters.add([field], 'text[]')})`);

/** Documents whose row `d` fulfils the condition. */
export const conditionSource = (condition: string): string => listOf(`${documents} AS d WHERE ${condition}`);

export function phraseSource(node: PhraseNode, scored: boolean, parameters: Parameters): string {
  const { field, positions } = node;
  const arrangements = arrangementsOf(node);
  const found = arrangements
    ? list(`portolan.search_numbers(${parameters.add(arrangements.join(' | '), 'tsquery')})`)
    : conditionSource(nearCondition(node, parameters));
  if (!scored) return found;
  const words = positions.map(({ terms }) => {
    const lexemes = parameters.add(anyOf(terms.map((term) => indexKey(field, term))), 'tsquery');
    return `SELECT 0, NULL, coalesce(octet_length(portolan.search_numbers(${lexemes})), 0) / 4`;
  });
  return [found, ...words].join(' UNION ALL ');
}

/** The LIKE pattern of the pieces. */
export function likePattern(pieces: readonly PatternPiece[]): string {
  return pieces
    .map((piece) => {
      if ('text' in piece) return piece.text.replace(/[\\%_]/g, '\\$&');
      return piece.wild === 'any' ? '%' : '_';
    })
    .join('');
}

/** Terms of the field that fulfil `condition` (over `term`), found in the documents a few thousand at a time. */
export function expandedSource(field: string, condition: string, parameters: Parameters): string {
  const prefix = parameters.add(indexKey(field, ''), 'text');
  return `${list('portolan.search_numbers(expansion.query)')}
    FROM (SELECT string_agg(quote_literal(${prefix} || term), '|')::tsquery AS query
      FROM (SELECT term, row_number() OVER () / 2000 AS share FROM portolan.search_term
        WHERE field = ${parameters.add(field, 'text')} AND ${condition}) AS fitting
      GROUP BY share) AS expansion`;
}

/** Documents with a value of the exact field that fulfils `condition` (over `v.value`). */
export function valuesSource(field: string, condition: string, parameters: Parameters): string {
  const name = parameters.add(field, 'text');
  return listOf(`portolan.search_values(ARRAY[${name}]) JOIN ${documents} USING (number)
    WHERE EXISTS (SELECT FROM jsonb_array_elements_text(fields->${name}) AS v(value) WHERE ${condition})`);
}

export function numberRangeSource(node: NumberRangeNode, parameters: Parameters): string {
  const name = parameters.add(node.field, 'text');
  const bounds = boundConditions(node, `(numbers->>${name})::float8`, 'float8', parameters);
  return listOf(`portolan.search_values(ARRAY[${name}]) JOIN ${documents} USING (number)
    WHERE ${bounds.length > 0 ? bounds.join(' AND ') : 'true'}`);
}

export function boundConditions(
  { lower, upper }: NumberRangeNode | TermRangeNode,
  value: string,
  type: 'float8' | 'text',
  parameters: Parameters,
): string[] {
  const conditions: string[] = [];
  if (lower) conditions.push(`${value} ${lower.inclusive ? '>=' : '>'} ${parameters.add(lower.value, type)}`);
  if (upper) conditions.push(`${value} ${upper.inclusive ? '<=' : '<'} ${parameters.add(upper.value, type)}`);
  return conditions;
}
