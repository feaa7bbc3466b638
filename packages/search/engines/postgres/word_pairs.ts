import type { FieldTerms } from '../../analysis/field_terms.ts';
import type { Token } from '../../analysis/token.ts';
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
export const pairLexeme = (first: string, second: string): string => lexemeOf(pairNumber(first, second));

function lexemeOf(number: number): string {
  lexemes[number] ??= pairedLexeme + number.toString(36);
  return lexemes[number];
}

/** Whether neighbours in the field are neighbours in the field whose pairs are told, too. */
export const hasPairs = (field: string): boolean =>
  field === pairedField || (fieldOf(field).type === 'text' && copiesOf(field).includes(pairedField));

/** The lexemes of all pairs of neighbours in a document. */
export function pairLexemes(fields: ReadonlyMap<string, FieldTerms>): string[] {
  const numbers = new Set<number>();
  for (const tokens of fields.get(pairedField)?.values ?? []) addPairs(tokens, numbers);
  return [pairedLexeme, ...Array.from(numbers, lexemeOf)];
}

/** Several may share a place: each of them is a neighbour of each at the next place. */
function addPairs(tokens: readonly Token[], numbers: Set<number>): void {
  let [before, here] = [0, 0];
  for (let at = 0; at < tokens.length; at++) {
    const { term, position } = tokens[at]!;
    if (position !== tokens[here]!.position) [before, here] = [here, at];
    for (let first = before; first < here; first++) {
      const neighbour = tokens[first]!;
      if (neighbour.position === position - 1) numbers.add(pairNumber(neighbour.term, term));
    }
  }
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
