/** By code unit. */
const isPlain = Uint8Array.from({ length: 128 }, (_, unit) => Number(/\w/.test(String.fromCharCode(unit))));

/** Where the letters and digits of ASCII end that begin here: most of most texts. */
export function endOfPlain(text: string, at: number): number {
  let end = at;
  while (end < text.length && isPlain[text.charCodeAt(end)]) end++;
  return end;
}
