import type { PhraseNode } from '../../ast/phrase_node.ts';
import { anyOf, indexKey, phraseText, quoted } from './lexeme.ts';
import type { Parameters } from './parameters.ts';
import { hasPairs, pairedLexeme, pairLexeme } from './word_pairs.ts';

/** Arrangements that are looked up one by one; of sloppier phrases the places of the words are compared. */
const mostArrangements = 100;

/** Places of words that share a term with another: what stands for one of them in a text stands for no other. */
function repeatedWords(positions: PhraseNode['positions']): number[][] {
  let groups: { words: number[]; terms: Set<string> }[] = [];
  for (const [word, { terms }] of positions.entries()) {
    const shared = groups.filter((group) => terms.some((term) => group.terms.has(term)));
    const group = { words: [word], terms: new Set(terms) };
    for (const one of shared) {
      group.words.push(...one.words);
      for (const term of one.terms) group.terms.add(term);
    }
    groups = [...groups.filter((one) => !shared.includes(one)), group];
  }
  return groups.map(({ words }) => words).filter(({ length }) => length > 1);
}

/**
 * PostgreSQL knows exact distances only, so a slop becomes all the arrangements that it allows: each word may move,
 * and all moves together may not exceed it. Undefined where there are too many.
 */
export function arrangementsOf({ field, positions, slop }: PhraseNode): string[] | undefined {
  if (slop === 0) return [arrangement(field, positions)];
  if ((2 * slop + 1) ** (positions.length - 1) > mostArrangements ** 2) return undefined;
  const repeated = repeatedWords(positions);
  const found: string[] = [];
  const arrange = (index: number, shifts: number[]) => {
    const spread = Math.max(0, ...shifts) - Math.min(0, ...shifts);
    if (spread > slop || found.length > mostArrangements) return;
    if (index < positions.length) {
      for (let shift = -slop; shift <= slop; shift++) arrange(index + 1, [...shifts, shift]);
      return;
    }
    const moved = positions.map(({ offset, terms }, place) => ({
      offset: offset + (shifts[place] ?? 0),
      terms,
    }));
    for (const group of repeated)
      if (new Set(group.map((place) => moved[place]!.offset)).size < group.length) return;
    found.push(
      arrangement(
        field,
        moved.sort((a, b) => a.offset - b.offset),
      ),
    );
  };
  arrange(1, [0]);
  return found.length > mostArrangements ? undefined : found;
}

/** The words at exactly these places, as a `tsquery`. Documents without the pairs of neighbours are not looked at. */
function arrangement(field: string, positions: PhraseNode['positions']): string {
  const places = positions.map(({ offset, terms }) => ({
    offset,
    lexemes: terms.map((term) => indexKey(field, term)),
  }));
  return `(${[`(${phraseText(places)})`, ...pairConditions(field, positions)].join(' & ')})`;
}

function pairConditions(field: string, positions: PhraseNode['positions']): string[] {
  if (!hasPairs(field)) return [];
  // A phrase may repeat its pairs thousands of times.
  const conditions = new Set<string>();
  for (const [index, { offset, terms }] of positions.entries()) {
    const before = positions[index - 1];
    if (!before || offset - before.offset !== 1) continue;
    const pairs = before.terms.flatMap((first) => terms.map((second) => pairLexeme(first, second)));
    conditions.add(`(${anyOf(pairs)} | !${quoted(pairedLexeme)})`);
  }
  return [...conditions];
}

/** Whether row `d` of the postings has the words so near to each other: each from where the phrase would begin if it stood right. */
export function nearCondition({ field, positions, slop }: PhraseNode, parameters: Parameters): string {
  const words = positions.map(({ terms }) => terms.map((term) => indexKey(field, term)));
  const all = parameters.add(words.map((lexemes) => `(${anyOf(lexemes)})`).join(' & '), 'tsquery');
  const wanted = words.flatMap((lexemes, word) =>
    lexemes.map((lexeme) => ({ word, offset: positions[word]!.offset, lexeme })),
  );
  const far = parameters.add(slop, 'float8');
  const apart = repeatedWords(positions).map(
    (group) =>
      ` AND count(DISTINCT p) FILTER (WHERE word = ANY(${parameters.add(group, 'int[]')})) >= ${group.length}`,
  );
  return `d.terms @@ ${all} AND EXISTS (
    WITH beginning AS (
      SELECT w.word, p, p - w.offset AS place
      FROM jsonb_to_recordset(${parameters.add(JSON.stringify(wanted), 'jsonb')}) AS w(word int, "offset" int, lexeme text)
      JOIN unnest(d.terms) AS u(lexeme, positions, weights) ON u.lexeme = w.lexeme, unnest(u.positions) AS p)
    SELECT FROM beginning AS one
    WHERE (SELECT count(DISTINCT word) = ${positions.length}${apart.join('')} FROM beginning AS other
           WHERE other.place BETWEEN one.place AND one.place + ${far}))`;
}
