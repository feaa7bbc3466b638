const lower = 1;
const upper = 2;
const digit = 4;
const delimiter = 8;
const alpha = lower | upper;

export interface WordPart {
  text: string;
  /** Letters, digits, or both: beyond the basic plane Lucene sees halves of pairs, which count as either. */
  kind: number;
}

/** Whether the parts from a first one on, and the next, are also one term. */
export const joins = (first: WordPart, next: WordPart): boolean => (first.kind & next.kind) !== 0;

const isLower = /^\p{Lowercase}$/u;
const isUpper = /^(?:\p{Lu}|\p{Lt}|\p{Uppercase})$/u;
const isLetter = /^[\p{Lm}\p{Lo}\p{Mn}\p{Me}\p{Mc}]$/u;
const isLetterCase = /^[\p{Ll}\p{Lu}\p{Lt}]$/u;
const isDecimal = /^\p{Nd}$/u;
const isNumber = /^[\p{Nd}\p{Nl}\p{No}]$/u;

// Below U+0100 Lucene has a table of its own, in which ½ and ² are delimiters but ª and º are letters.
const tableSize = 0x100;
const kindsOfTable = Uint8Array.from({ length: tableSize }, (_, code) => {
  const character = String.fromCharCode(code);
  if (isLower.test(character)) return lower;
  if (isUpper.test(character)) return upper;
  return isDecimal.test(character) ? digit : delimiter;
});

function kindBeyondTable(character: string): number {
  if (isLetterCase.test(character)) return isLower.test(character) ? lower : upper;
  if (isLetter.test(character)) return alpha;
  return isNumber.test(character) ? digit : delimiter;
}

/** By unit: both halves of a pair are of the same kind, so that nothing is cut between them. */
function kindsOf(word: string): Uint8Array {
  const kinds = new Uint8Array(word.length);
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    if (unit < tableSize) kinds[at] = kindsOfTable[unit]!;
    else if (word.codePointAt(at)! > 0xffff) {
      kinds[at++] = alpha | digit;
      kinds[at] = alpha | digit;
    } else kinds[at] = kindBeyondTable(word[at]!);
  }
  return kinds;
}

// An upper case letter goes with the lower case that follows it: "Camel" is one part, "powerShot" two.
function breaksBetween(before: number, after: number, splitOnCase: boolean): boolean {
  if (before & after) return false;
  if (!splitOnCase && before & alpha && after & alpha) return false;
  return !(before & upper && after & lower);
}

/**
 * A word cut into runs of letters and runs of digits, `'s` after a letter dropped where it ends; as Lucene's
 * WordDelimiterGraphFilter does with `generateWordParts` and `generateNumberParts`.
 */
export function splitWord(word: string, splitOnCase: boolean): WordPart[] {
  const kinds = kindsOf(word);
  const parts: WordPart[] = [];
  let index = 0;
  while (index < word.length) {
    if (kinds[index]! & delimiter) {
      index++;
      continue;
    }
    const start = index;
    index++;
    while (
      index < word.length &&
      !(kinds[index]! & delimiter) &&
      !breaksBetween(kinds[index - 1]!, kinds[index]!, splitOnCase)
    )
      index++;
    parts.push({
      text: word.slice(start, index),
      kind: kinds[start]! & alpha ? kinds[start]! | alpha : digit,
    });
    if (isPossessive(word, kinds, index)) index += 2;
  }
  return parts;
}

function isPossessive(word: string, kinds: Uint8Array, at: number): boolean {
  if (word[at] !== "'") return false;
  if (word[at + 1] !== 's' && word[at + 1] !== 'S') return false;
  if (!(kinds[at - 1]! & alpha)) return false;
  return at + 2 === word.length || (kinds[at + 2]! & delimiter) !== 0;
}
