import { createHash } from 'node:crypto';

/** Between a field and its term. */
export const keySeparator = '\u001f';

/** Bytes with which what is told apart by its hash begins as it does. */
const keptBytes = 200;

/** Well below what a GIN entry or a lexeme may have; longer ones are told apart by their hash. */
const longestKey = 500;

function shortened(key: string): string {
  // A unit is three bytes at most.
  if (key.length * 3 <= longestKey || Buffer.byteLength(key) <= longestKey) return key;
  const start = Buffer.from(key)
    .subarray(0, keptBytes)
    .toString()
    .replace(/\ufffd+$/, '');
  return `${start}${keySeparator}${createHash('sha256').update(key).digest('hex')}`;
}

/** The name under which a field's term or value stands in the index. */
export const indexKey = (field: string, term: string): string => shortened(`${field}${keySeparator}${term}`);

/** Whether all terms of the field that begin so, and no others, have keys that begin as its own key does. */
export const isKnownByBeginning = (field: string, beginning: string): boolean =>
  // The last character that is kept may be cut.
  Buffer.byteLength(`${field}${keySeparator}${beginning}`) <= keptBytes - 4;

/** Between a key and the place of a bit of its occurrences, see `frequencyEndingsOf`. */
export const frequencyMark = '\u001e';

/** Bits in which occurrences are told; what is above has long ceased to weigh more. */
export const frequencyBits = 8;

const frequencyEndings = Array.from({ length: frequencyBits }, (_, place) => `${frequencyMark}${place}`);

/** How lexemes beside the key end that tell how often it occurs: one for each bit of the occurrences beyond the first. */
export function frequencyEndingsOf(occurrences: number): readonly string[] {
  const more = Math.min(occurrences, 2 ** frequencyBits) - 1;
  return more === 0 ? [] : frequencyEndings.filter((_, place) => (more >> place) & 1);
}

// Hardly any has what must be doubled.
export const quoted = (lexeme: string) =>
  `'${/[\\']/.test(lexeme) ? lexeme.replace(/[\\']/g, '$&$&') : lexeme}'`;

/** The text form of a `tsquery`: any of the lexemes. */
export const anyOf = (lexemes: readonly string[]): string => lexemes.map(quoted).join(' | ');

/** The text form of a `tsquery`: any lexeme that begins as one of these does. */
export const anyBeginning = (beginnings: readonly string[]): string =>
  beginnings.map((beginning) => `${quoted(beginning)}:*`).join(' | ');

/** The text form of a `tsquery`: at each place one of the lexemes, places counted from the first. */
export function phraseText(positions: readonly { offset: number; lexemes: readonly string[] }[]): string {
  let text = '';
  for (const [index, { offset, lexemes }] of positions.entries()) {
    const distance = index === 0 ? 0 : offset - positions[index - 1]!.offset;
    text += `${index === 0 ? '' : ` <${distance}> `}(${anyOf(lexemes)})`;
  }
  return text;
}
