import type { PatternPiece } from '../../ast/pattern_node.ts';
import type { PhraseNode } from '../../ast/phrase_node.ts';
import type { NumberRangeNode, TermRangeNode } from '../../ast/range_node.ts';
import { anyOf, indexKey, phraseText } from './lexeme.ts';
import type { Parameters } from './parameters.ts';

// A leaf that the index answers is a query of its own that gives (number, score). Scores follow BM25, for which the
// functions of migration 0004 count how many documents match as they go.

const unscored = (from: string) => `SELECT number, 1::float8 AS score FROM ${from}`;
const documents = 'portolan.search_document';

const statistic = (field: string, what: 'documents' | 'tokens', parameters: Parameters) =>
  `(SELECT ${what} FROM statistic WHERE field = ${parameters.add(field, 'text')})`;

function corpusOf(field: string, parameters: Parameters): { corpus: string; average: string } {
  const corpus = statistic(field, 'documents', parameters);
  return { corpus, average: `${statistic(field, 'tokens', parameters)} / ${corpus}` };
}

export function textTermSource(
  field: string,
  terms: readonly string[],
  scored: boolean,
  parameters: Parameters,
): string {
  const keys = terms.map((term) => indexKey(field, term));
  const query = parameters.add(anyOf(keys), 'tsquery');
  if (!scored) return unscored(`portolan.search_terms(${query})`);
  const { corpus, average } = corpusOf(field, parameters);
  return `SELECT * FROM portolan.search_scored_terms(${query}, ${parameters.add(field, 'text')},
    ${parameters.add(keys, 'text[]')}, ${corpus}, ${average}, NULL)`;
}

export function exactSource(
  field: string,
  values: readonly string[],
  scored: boolean,
  parameters: Parameters,
): string {
  const keys = parameters.add(
    values.map((value) => indexKey(field, value)),
    'text[]',
  );
  if (!scored) return unscored(`portolan.search_values(${keys})`);
  const { corpus, average } = corpusOf(field, parameters);
  return `SELECT * FROM portolan.search_scored_values(${keys}, ${corpus}, ${average})`;
}

export const existsSource = (field: string, parameters: Parameters): string =>
  unscored(`portolan.search_values(${parameters.add([field], 'text[]')})`);

/** A phrase weighs what its words weigh together; it is taken to occur once. */
export function phraseSource(node: PhraseNode, scored: boolean, parameters: Parameters): string {
  const { field } = node;
  const arrangements = phraseArrangements(node).map((text) => `(${text})`);
  const query = parameters.add(arrangements.join(' | '), 'tsquery');
  if (!scored) return unscored(`portolan.search_terms(${query})`);
  const { corpus, average } = corpusOf(field, parameters);
  const rarities = node.positions.map(({ terms }) => {
    const lexemes = parameters.add(anyOf(terms.map((term) => indexKey(field, term))), 'tsquery');
    return `portolan.search_rarity((SELECT count(*) FROM portolan.search_terms(${lexemes})), ${corpus})`;
  });
  return `SELECT * FROM portolan.search_scored_terms(${query}, ${parameters.add(field, 'text')},
    ARRAY[]::text[], ${corpus}, ${average}, ${rarities.join(' + ')})`;
}

/** Arrangements that are asked for one by one; longer sloppy phrases are cut to what fits. */
const mostArrangements = 500;

// PostgreSQL knows exact distances only, so a slop becomes all the arrangements that it allows: each word may
// move, and all moves together may not exceed it.
function phraseArrangements({ field, positions, slop }: PhraseNode): string[] {
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
    CROSS JOIN LATERAL portolan.search_terms(expansion.query) AS s`;
}

/** Documents with a value of the exact field that fulfils `condition` (over `v.value`). */
export function valuesSource(field: string, condition: string, parameters: Parameters): string {
  const name = parameters.add(field, 'text');
  return unscored(`portolan.search_values(ARRAY[${name}]) JOIN ${documents} USING (number)
    WHERE EXISTS (SELECT FROM jsonb_array_elements_text(fields->${name}) AS v(value) WHERE ${condition})`);
}

export function numberRangeSource(node: NumberRangeNode, parameters: Parameters): string {
  const name = parameters.add(node.field, 'text');
  const bounds = boundConditions(node, `(numbers->>${name})::float8`, 'float8', parameters);
  return unscored(`portolan.search_values(ARRAY[${name}]) JOIN ${documents} USING (number)
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
