const odd = /[\u0080-\uffff]/g;

/** Characters that are looked at: whoever writes a text writes all of it in one way. */
const enough = 10_000;

/**
 * A text that was read as UTF-8, or, where more of its bytes were no UTF-8 than were, as Windows-1252 instead: what the
 * web takes a text for that does not say how it is written. A single wrong byte among right ones stays U+FFFD.
 */
export function orWindows1252(text: string, bytes: Uint8Array): string {
  const first = text.indexOf('\ufffd');
  if (first < 0) return text;
  let wrong = 0;
  let seen = 0;
  for (const [character] of text.matchAll(odd)) {
    if (character === '\ufffd') wrong++;
    if (++seen === enough) break;
  }
  return wrong > seen / 2 ? new TextDecoder('windows-1252').decode(bytes) : text;
}
