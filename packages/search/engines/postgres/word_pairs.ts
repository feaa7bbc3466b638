import type { FieldTerms } from '../../analysis/field_terms.ts';
import { copiesOf } from '../../schema/copy_rules.ts';
import { fieldOf } from '../../schema/field_type.ts';

// A phrase of words that most documents have would be looked for in the places of most documents. So lexemes beside the
// words tell which words are neighbours: not every pair, which would be a lexeme of its own nearly everywhere, but one
// of 65,536 numbers for each. Few documents have the number of a pair that is not there.

/** The field whose pairs are told; most others are copied to it. */
const pairedField = 'text';
const mark = '\u001d';

/** The lexeme that says that all pairs of the document are told. */
export const pairedLexeme = `${pairedField}${mark}`;

/** By number, as they are asked for: texts are full of the same pairs. */
const lexemes: string[] = [];

/** The lexeme of two neighbouring words. */
export function pairLexeme(first: string, second: string): string {
  const number = pairNumber(first, second);
  lexemes[number] ??= pairedLexeme + number.toString(36);
  return lexemes[number];
}

/** Whether neighbours in the field are neighbours in the field whose pairs are told, too. */
export const hasPairs = (field: string): boolean =>
  field === pairedField || (fieldOf(field).type === 'text' && copiesOf(field).includes(pairedField));

/** The lexemes of all pairs of neighbours in a document. */
export function pairLexemes(fields: ReadonlyMap<string, FieldTerms>): Set<string> {
  const lexemes = new Set([pairedLexeme]);
  const places: string[][] = [];
  for (const [term, positions] of fields.get(pairedField)?.positions ?? [])
    for (const place of positions) {
      const terms = places[place];
      if (terms) terms.push(term);
      else places[place] = [term];
    }
  places.forEach((terms, place) => {
    for (const second of places[place + 1] ?? [])
      for (const first of terms) lexemes.add(pairLexeme(first, second));
  });
  return lexemes;
}

/** FNV-1a, its halves folded into one. */
function pairNumber(first: string, second: string): number {
  let hash = 0x811c9dc5;
  const read = (text: string) => {
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  };
  read(first);
  read(mark);
  read(second);
  return ((hash >>> 16) ^ hash) & 0xffff;
}
