/** Letters without a canonical decomposition to ASCII, by what Lucene's ASCIIFoldingFilter makes of them. */
const byReplacement: Record<string, string> = {
  A: 'ƏȺᴀ',
  AE: 'ÆǢǼᴁ',
  B: 'ƁƂɃʙᴃ',
  C: 'ƇȻʗᴄ',
  D: 'ÐĐƉƊƋᴅᴆ',
  E: 'ƎƐɆᴇ',
  F: 'Ƒ',
  G: 'ƓǤǥǧɢʛ',
  H: 'Ħʜ',
  HV: 'Ƕ',
  I: 'ƖƗɪᵻ',
  J: 'Ɉᴊ',
  K: 'Ƙᴋ',
  L: 'ĿŁȽʟᴌ',
  LL: 'Ỻ',
  M: 'Ɯᴍ',
  N: 'ŊƝȠɴᴎ',
  O: 'ØƆƟǾᴏᴐ',
  OE: 'Œɶ',
  OU: 'Ȣᴕ',
  P: 'Ƥᴘ',
  Q: 'Ɋ',
  R: 'Ɍʀʁᴙᴚ',
  SS: 'ẞ',
  T: 'ŦƬƮȾᴛ',
  TH: 'Þ',
  U: 'Ʉᴜᵾ',
  V: 'ƲɅᴠỼ',
  W: 'Ƿᴡ',
  Y: 'ƳɎʏỾ',
  Z: 'ƵȜȤᴢ',
  a: 'ɐəɚᶏᶕẚₔ',
  ae: 'æǣǽᴂ',
  b: 'ƀƃɓᵬᶀ',
  c: 'ƈȼɕↄ',
  d: 'ðđƌȡɖɗᵭᶁᶑ',
  db: 'ȸ',
  dz: 'ʣʥ',
  e: 'ǝɇɘɛɜɝɞʚᴈᶒᶓᶔ',
  f: 'ƒᵮᶂẛ',
  g: 'ɠɡᵷᵹᶃ',
  h: 'ħɥɦʮʯ',
  hv: 'ƕ',
  i: 'ıɨᴉᵼᶖ',
  j: 'ȷɉɟʄʝ',
  k: 'ƙʞᶄ',
  l: 'ŀłƚȴɫɬɭᶅ',
  ll: 'ỻ',
  ls: 'ʪ',
  lz: 'ʫ',
  m: 'ɯɰɱᵯᶆ',
  n: 'ŉŋƞȵɲɳᵰᶇ',
  o: 'øǿɔɵᴖᴗᶗ',
  oe: 'œᴔ',
  ou: 'ȣ',
  p: 'ƥᵱᵽᶈ',
  q: 'ĸɋʠ',
  qp: 'ȹ',
  r: 'ɍɼɽɾɿᵲᵳᶉ',
  s: 'ȿʂᵴᶊẜẝ',
  ss: 'ß',
  t: 'ŧƫƭȶʇʈᵵ',
  tc: 'ʨ',
  th: 'þᵺ',
  ts: 'ʦ',
  u: 'ʉᶙ',
  ue: 'ᵫ',
  v: 'ʋʌᶌ',
  w: 'ƿʍ',
  x: 'ᶍ',
  y: 'ƴɏʎỿ',
  z: 'ƶȝȥɀʐʑᵶᶎ',
};

const replacements = new Map<string, string>();
for (const [replacement, letters] of Object.entries(byReplacement))
  for (const letter of letters) replacements.set(letter, replacement);

// Circled and full-width forms, ligatures, sub- and superscript digits: folded although only compatible.
const compatible = /[\u2070-\u208e\u2460-\u24ff\u2c7c\u2776-\u2793\ufb00-\ufb04\ufb06\uff01-\uff5e]/;
const nonAscii = /[\u0080-\uffff]/g;
const ascii = /^[ -~]+$/;

function foldCharacter(character: string): string {
  const replacement = replacements.get(character);
  if (replacement !== undefined) return replacement;
  const form = compatible.test(character) ? 'NFKD' : 'NFD';
  const bare = character.normalize(form).replace(/\p{M}+/gu, '');
  return ascii.test(bare) ? bare : character;
}

/** Accented Latin letters without their accents; other scripts, and separate combining marks, stay. */
export const foldToAscii = (text: string): string => text.replace(nonAscii, foldCharacter);
