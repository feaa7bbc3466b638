// JavaScript makes two letters of this one, and another of the Greek one where a word ends.
const otherwise = /[\u0130\u03a3]/;
const [dottedI, sigma] = ['\u0130', '\u03a3'];

/** Lower case letter by letter, as Lucene's LowerCaseFilter has it from Java. */
export function lowerCase(text: string): string {
  if (!otherwise.test(text)) return text.toLowerCase();
  return text.replaceAll(dottedI, 'i').replaceAll(sigma, '\u03c3').toLowerCase();
}
