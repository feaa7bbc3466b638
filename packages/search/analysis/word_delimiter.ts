const lower = 1;
const upper = 2;
const digit = 4;
const delimiter = 8;
const alpha = lower | upper;

export interface WordPart {
  text: string;
  isNumber: boolean;
}

const isLower = /^\p{Lowercase}$/u;
const isUpper = /^(?:\p{Lu}|\p{Lt}|\p{Uppercase})$/u;
const isLetter = /^[\p{Lm}\p{Lo}\p{Mn}\p{Me}\p{Mc}]$/u;
const isLetterCase = /^[\p{Ll}\p{Lu}\p{Lt}]$/u;
const isDecimal = /^\p{Nd}$/u;
const isNumber = /^[\p{Nd}\p{Nl}\p{No}]$/u;

/** By code. */
const latin = Uint8Array.from({ length: 0x100 }, (_, code) => kindOfLatin(String.fromCharCode(code)));

function kindOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return latin[code]!;
  if (code > 0xffff) return alpha | digit;
  if (isLetterCase.test(character)) return isLower.test(character) ? lower : upper;
  if (isLetter.test(character)) return alpha;
  return isNumber.test(character) ? digit : delimiter;
}

// Below U+0100 Lucene has a table of its own, in which ½ and ² are delimiters but ª and º are letters.
function kindOfLatin(character: string): number {
  if (isLower.test(character)) return lower;
  if (isUpper.test(character)) return upper;
  return isDecimal.test(character) ? digit : delimiter;
}

// An upper case letter goes with the lower case that follows it: "Camel" is one part, "powerShot" two.
function breaksBetween(before: number, after: number, splitOnCase: boolean): boolean {
  if (before & after) return false;
  if (!splitOnCase && before & alpha && after & alpha) return false;
  return !(before & upper && after & lower);
}

/**
 * A word cut into runs of letters and runs of digits, a trailing `'s` dropped; as Lucene's
 * WordDelimiterGraphFilter does with `generateWordParts` and `generateNumberParts`.
 */
export function splitWord(word: string, splitOnCase: boolean): WordPart[] {
  const characters = Array.from(word);
  const kinds = characters.map(kindOf);
  const parts: WordPart[] = [];
  let index = 0;
  while (index < characters.length) {
    if (kinds[index]! & delimiter) {
      index++;
      continue;
    }
    const start = index;
    index++;
    while (
      index < characters.length &&
      !(kinds[index]! & delimiter) &&
      !breaksBetween(kinds[index - 1]!, kinds[index]!, splitOnCase)
    )
      index++;
    parts.push({ text: characters.slice(start, index).join(''), isNumber: !(kinds[start]! & alpha) });
    if (isPossessive(characters, kinds, index)) index += 2;
  }
  return parts;
}

function isPossessive(characters: string[], kinds: number[], at: number): boolean {
  if (characters[at] !== "'") return false;
  if (characters[at + 1] !== 's' && characters[at + 1] !== 'S') return false;
  return at + 2 === characters.length || (kinds[at + 2]! & delimiter) !== 0;
}
