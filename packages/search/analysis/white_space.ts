// Java's ideas of white space, which are not JavaScript's: the no-break spaces are letters to it.

const rareSpaces = String.raw`\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000`;
const rare = new RegExp(`[${rareSpaces}]`);
const [tab, carriageReturn, firstSeparator, space, firstRare] = [0x09, 0x0d, 0x1c, 0x20, 0x1680];

/** Whether there is a blank at this place, as `Character.isWhitespace` has it. */
export function isSpaceAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit > space) return unit >= firstRare && rare.test(text[at]!);
  return unit >= firstSeparator || (unit >= tab && unit <= carriageReturn);
}

/** The same for a class of a regular expression. */
export const javaSpaces = String.raw`\t-\r\x1c- ${rareSpaces}`;

/** `String.trim`: without whatever is not above a blank in Unicode, at both ends. */
export function trimmedAsJava(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text.charCodeAt(start) <= space) start++;
  while (end > start && text.charCodeAt(end - 1) <= space) end--;
  return text.slice(start, end);
}

/** Whether `String.trim` leaves nothing of a text. */
export const isEmptyToJava = (text: string): boolean => trimmedAsJava(text) === '';

/** What `\s` is in Java's regular expressions. */
export const javaBlank = String.raw`[ \t\n\v\f\r]`;
