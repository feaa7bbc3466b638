import fc from 'fast-check';

/** Words whose stems, cases, signs and accents meet each other in queries and in datasets. */
const usual =
  `flood floods flooding river rivers bus buses stop stops wi-fi covid-19 2021 2021-22 café CAFE naïve Zürich air-quality
  PM2.5 O'Neill NHS nhs PowerShot TV television GB running ran data dataset and or not the of e-mail user@example.org
  under_score x1y2 12.5 £100 日本 straße µg ﬁnance A b C++ C# R&D half/half roles salaries health healthy`
    .split(/\s+/)
    .filter((word) => word !== '');

/** What words of other corpora are put together of: borders between letters, digits, cases and scripts. */
const pieces =
  `flood Flood FLOOD air Air NHS iPhone Mc a I x1 1x 0 7 19 2021 000 1st é É ü ß œ Æ ø ł İ ı ǆ ﬁ ﬀ ½ ² № ™ Ω и Киев日 本 東京 カナ
  한국 ไทย עברית عربى हिन्दी ５ ٣ Ａ ａ 😀 👍🏽 𝒳 𠀀 - -- _ . , ; ' ' ’ 's 's ’s 's- S' / // @ + # & % $ € £ § ° · … – — « » “ ” < > = | ~ ^ * ? ! ( ) [ ] { } " \\
  ing ed ies ly ational ization ness ful ment sses eed y ied  `.split(/\s+/);

const joiners = ['', '', '', '-', "'", '.', '_', '/', '\u00ad', '\u200b', '\u0301', '\u2019', '\u00a0'];

const compound = fc
  .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(...joiners)), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.flat().join(''))
  .filter((word) => word.trim() !== '');

const mixed = Array.from({ length: 200 }, (_, at) => String.fromCharCode(0x61 + (at % 26)) + (at % 10)).join(
  '',
);

/** Longer than what Lucene's tokenizer takes for one word, and just as long. */
const endless = ['x'.repeat(255), 'x'.repeat(256), `${'flood'.repeat(51)}s`, `wi-fi${mixed}`];

const known = new Map<number, string[]>();

/** The words of a corpus: those that all have, and others that only this seed has. */
export function wordsOf(seed: number): readonly string[] {
  const words = known.get(seed) ?? [...usual, ...fc.sample(compound, { numRuns: 60, seed }), ...endless];
  known.set(seed, words);
  return words;
}
