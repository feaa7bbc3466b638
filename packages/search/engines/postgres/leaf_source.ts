import type { PatternPiece } from '../../ast/pattern_node.ts';
import type { PhraseNode } from '../../ast/phrase_node.ts';
import type { NumberRangeNode, TermRangeNode } from '../../ast/range_node.ts';
import { anyOf, indexKey, phraseText } from './lexeme.ts';
import type { Parameters } from './parameters.ts';

// A leaf that the index answers is a query of its own that gives (number, score). Scores that follow BM25 need to
// know how many documents match, which the query counts as it goes.

const unscored = (from: string, where: string) =>
  `SELECT number, 1::float8 AS score FROM ${from} WHERE ${where}`;
const documents = 'portolan.search_document';

interface Weighing {
  field: string;
  where: string;
  frequency: string;
  length: string;
}

function weighed({ field, where, frequency, length }: Weighing, parameters: Parameters): string {
  const corpus = statistic(field, 'documents', parameters);
  const average = `${statistic(field, 'tokens', parameters)} / ${corpus}`;
  return `SELECT number, portolan.search_rarity(matching, ${corpus})
      * portolan.search_saturation(frequency, length, ${average}) AS score
    FROM (SELECT number, ${frequency}::float8 AS frequency, ${length}::float8 AS length,
      count(*) OVER () AS matching FROM ${documents} WHERE ${where}) AS weighed`;
}

const statistic = (field: string, what: 'documents' | 'tokens', parameters: Parameters) =>
  `(SELECT ${what} FROM statistic WHERE field = ${parameters.add(field, 'text')})`;

export function textTermSource(
  field: string,
  terms: readonly string[],
  scored: boolean,
  parameters: Parameters,
): string {
  const keys = terms.map((term) => indexKey(field, term));
  const where = `terms @@ ${parameters.add(anyOf(keys), 'tsquery')}`;
  if (!scored) return unscored(documents, where);
  const frequency = keys.map((key) => `coalesce((frequencies->>${parameters.add(key, 'text')})::int, 0)`);
  const length = `(lengths->>${parameters.add(field, 'text')})::int`;
  return weighed({ field, where, frequency: `greatest(1, ${frequency.join(' + ')})`, length }, parameters);
}

export function exactTermSource(
  field: string,
  value: string,
  scored: boolean,
  parameters: Parameters,
): string {
  const where = `exact @> ARRAY[${parameters.add(indexKey(field, value), 'text')}]`;
  return scored
    ? weighed({ field, where, frequency: '1', length: '1' }, parameters)
    : unscored(documents, where);
}

export function exactSetSource(field: string, values: readonly string[], parameters: Parameters): string {
  const keys = values.map((value) => indexKey(field, value));
  return unscored(documents, `exact && ${parameters.add(keys, 'text[]')}`);
}

export const existsSource = (field: string, parameters: Parameters): string =>
  unscored(documents, `exact @> ARRAY[${parameters.add(field, 'text')}]`);

/** A phrase weighs what its words weigh together; it is taken to occur once. */
export function phraseSource(node: PhraseNode, scored: boolean, parameters: Parameters): string {
  const { field } = node;
  const queries = phraseQueries(node).map((query) => `terms @@ ${parameters.add(query, 'tsquery')}`);
  const where = queries.join(' OR ');
  if (!scored) return unscored(documents, where);
  const corpus = statistic(field, 'documents', parameters);
  const rarities = node.positions.map(({ terms }) => {
    const lexemes = parameters.add(anyOf(terms.map((term) => indexKey(field, term))), 'tsquery');
    return `portolan.search_rarity((SELECT count(*) FROM ${documents} WHERE terms @@ ${lexemes}), ${corpus})`;
  });
  const average = `${statistic(field, 'tokens', parameters)} / ${corpus}`;
  const length = `(lengths->>${parameters.add(field, 'text')})::int`;
  return `SELECT number, (${rarities.join(' + ')}) * portolan.search_saturation(1, ${length}, ${average}) AS score
    FROM ${documents} WHERE ${where}`;
}

/** Arrangements that are asked for one by one; longer sloppy phrases are cut to what fits. */
const mostArrangements = 500;

// PostgreSQL knows exact distances only, so a slop becomes all the arrangements that it allows: each word may
// move, and all moves together may not exceed it.
function phraseQueries({ field, positions, slop }: PhraseNode): string[] {
  const places = positions.map(({ offset, terms }) => ({
    offset,
    lexemes: terms.map((term) => indexKey(field, term)),
  }));
  if (slop === 0) return [phraseText(places)];
  const found: string[] = [];
  const arrange = (index: number, shifts: number[]) => {
    if (found.length >= mostArrangements) return;
    const spread = Math.max(0, ...shifts) - Math.min(0, ...shifts);
    if (spread > slop) return;
    if (index < places.length) {
      for (let shift = -slop; shift <= slop; shift++) arrange(index + 1, [...shifts, shift]);
      return;
    }
    const moved = places.map(({ offset, lexemes }, place) => ({
      offset: offset + (shifts[place] ?? 0),
      lexemes,
    }));
    found.push(phraseText(moved.sort((a, b) => a.offset - b.offset)));
  };
  arrange(1, [0]);
  return found;
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
  return `SELECT DISTINCT s.number, 1::float8 AS score
    FROM (SELECT string_agg(quote_literal(${prefix} || term), '|')::tsquery AS query
      FROM (SELECT term, row_number() OVER () / 2000 AS share FROM portolan.search_term
        WHERE field = ${parameters.add(field, 'text')} AND ${condition}) AS fitting
      GROUP BY share) AS expansion
    JOIN ${documents} AS s ON s.terms @@ expansion.query`;
}

/** Documents with a value of the exact field that fulfils `condition` (over `value`). */
export function valuesSource(field: string, condition: string, parameters: Parameters): string {
  const name = parameters.add(field, 'text');
  return unscored(
    documents,
    `exact @> ARRAY[${name}] AND EXISTS (SELECT FROM jsonb_array_elements_text(fields->${name}) AS v(value)
      WHERE ${condition.replaceAll('value', 'v.value COLLATE "C"')})`,
  );
}

export function numberRangeSource(node: NumberRangeNode, parameters: Parameters): string {
  const name = parameters.add(node.field, 'text');
  const bounds = boundConditions(node, `(numbers->>${name})::float8`, 'float8', parameters);
  return unscored(documents, [`exact @> ARRAY[${name}]`, ...bounds].join(' AND '));
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
