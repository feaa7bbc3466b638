/** Letters without a canonical decomposition to ASCII, by what Lucene's ASCIIFoldingFilter makes of them. */
const byReplacement: Record<string, string> = {
  A: 'ƏȺᴀ',
  AE: 'ÆǢǼᴁ',
  B: 'ƁƂɃʙᴃ',
  C: 'ƇȻʗᴄ',
  D: 'ÐĐƉƊƋᴅᴆ',
  E: 'ƎƐɆᴇⱻ',
  F: 'Ƒꜰꟻ',
  G: 'ƓǤǥǧɢʛ',
  H: 'Ħʜ',
  HV: 'Ƕ',
  I: 'ƖƗɪᵻꟾ',
  J: 'Ɉᴊ',
  K: 'Ƙᴋ',
  L: 'ĿŁȽʟᴌ',
  LL: 'Ỻ',
  M: 'Ɯᴍꟽꟿ',
  N: 'ŊƝȠɴᴎ',
  O: 'ØƆƟǾᴏᴐ',
  OE: 'Œɶ',
  OU: 'Ȣᴕ',
  P: 'Ƥᴘ',
  Q: 'Ɋ',
  R: 'Ɍʀʁᴙᴚ',
  S: 'ꜱꞅ',
  SS: 'ẞ',
  T: 'ŦƬƮȾᴛ',
  TH: 'Þ',
  U: 'Ʉᴜᵾ',
  V: 'ƲɅᴠỼ',
  W: 'Ƿᴡ',
  Y: 'ƳɎʏỾ',
  Z: 'ƵȜȤᴢ',
  a: 'ɐəɚᶏᶕẚₔₐⱥ',
  aa: 'ꜳ',
  ae: 'æǣǽᴂ',
  ao: 'ꜵ',
  au: 'ꜷ',
  av: 'ꜹꜻ',
  ay: 'ꜽ',
  b: 'ƀƃɓᵬᶀ',
  c: 'ƈȼɕↄꜿ',
  d: 'ðđƌȡɖɗᵭᶁᶑꝺ',
  db: 'ȸ',
  dz: 'ʣʥǆǳ',
  e: 'ǝɇɘɛɜɝɞʚᴈᶒᶓᶔₑⱸ',
  f: 'ƒᵮᶂẛꝼ',
  g: 'ɠɡᵷᵹᶃꝿ',
  h: 'ħɥɦʮʯⱨⱶ',
  hv: 'ƕ',
  i: 'ıɨᴉᵼᶖᵢ',
  ij: 'ĳ',
  j: 'ȷɉɟʄʝ',
  k: 'ƙʞᶄⱪꝁꝃꝅ',
  l: 'ŀłƚȴɫɬɭᶅⱡꝇꝉꞁ',
  lj: 'ǉ',
  ll: 'ỻ',
  ls: 'ʪ',
  lz: 'ʫ',
  m: 'ɯɰɱᵯᶆ',
  n: 'ŉŋƞȵɲɳᵰᶇ',
  nj: 'ǌ',
  o: 'øǿɔɵᴖᴗᶗₒⱺꝋꝍ',
  oe: 'œᴔ',
  oo: 'ꝏ',
  ou: 'ȣ',
  p: 'ƥᵱᵽᶈꝑꝓꝕꟼ',
  q: 'ĸɋʠꝗꝙ',
  qp: 'ȹ',
  r: 'ɍɼɽɾɿᵲᵳᶉᵣꝛꞃ',
  s: 'ȿʂᵴᶊẜẝſ',
  ss: 'ß',
  t: 'ŧƫƭȶʇʈᵵⱦ',
  tc: 'ʨ',
  th: 'þᵺꝧ',
  ts: 'ʦ',
  tz: 'ꜩ',
  u: 'ʉᶙᵤ',
  ue: 'ᵫ',
  v: 'ʋʌᶌᵥⱱⱴꝟ',
  vy: 'ꝡ',
  w: 'ƿʍⱳ',
  x: 'ᶍₓ',
  y: 'ƴɏʎỿ',
  z: 'ƶȝȥɀʐʑᵶᶎⱬꝣ',
};

/** Signs by their likeness to those of ASCII: of quotation marks, dashes, brackets and the like. */
const signs: Record<string, string> = {
  '"': '«»“”„″‶❝❞❮❯',
  "'": '‘’‚‛′‵‹›❛❜',
  '-': '‐‑‒–—⁻₋',
  '[': '⁅❲',
  ']': '⁆❳',
  '(': '⁽₍❨❪',
  '((': '⸨',
  ')': '⁾₎❩❫',
  '))': '⸩',
  '<': '❬❰',
  '>': '❭❱',
  '{': '❴',
  '}': '❵',
  '+': '⁺₊',
  '=': '⁼₌',
  '!!': '‼',
  '!?': '⁉',
  '*': '⁎',
  '/': '⁄',
  ';': '⁏',
  '??': '⁇',
  '?!': '⁈',
  '%': '⁒',
  '^': '‸',
  '~': '⁓',
};

const replacements = new Map<string, string>();
for (const [replacement, letters] of Object.entries({ ...byReplacement, ...signs }))
  for (const letter of letters) replacements.set(letter, replacement);

// Circled numbers: those from ⓫ and from ❶ on have no compatible form of their own in Unicode.
for (const [first, from, to] of [
  [0x24eb, 11, 20],
  [0x24f5, 1, 10],
  [0x24ff, 0, 0],
  [0x2776, 1, 10],
  [0x2780, 1, 10],
  [0x278a, 1, 10],
] as const)
  for (let value: number = from; value <= to; value++)
    replacements.set(String.fromCodePoint(first + value - from), String(value));

// Circled and full-width forms, ligatures, sub- and superscript digits: folded although only compatible.
const compatible = /[\u00b2\u00b3\u00b9\u2070-\u208e\u2460-\u24ea\u2c7c\ufb00-\ufb04\ufb06\uff01-\uff5e]/;
/** Signs that Lucene leaves as they are, although Unicode takes them apart. */
const kept = /[\u037e\u1fef\u2260\u226e\u226f\uff40\uff5c]/;
const nonAscii = /[\u0080-\uffff]/g;
const ascii = /^[ -~]+$/;

function foldCharacter(character: string): string {
  const replacement = replacements.get(character);
  if (replacement !== undefined) return replacement;
  if (kept.test(character)) return character;
  const form = compatible.test(character) ? 'NFKD' : 'NFD';
  const bare = character.normalize(form).replace(/\p{M}+/gu, '');
  return ascii.test(bare) ? bare : character;
}

/** Accented Latin letters without their accents; other scripts, and separate combining marks, stay. */
export const foldToAscii = (text: string): string => text.replace(nonAscii, foldCharacter);
