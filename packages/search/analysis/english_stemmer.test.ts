import { expect, it } from 'vitest';
import { stemEnglish } from './english_stemmer.ts';

// Answers of the English stemmer that Lucene 9.11 carries.
const stems = `
  caresses caress, ties tie, cries cri, gas gas, this this
  agreed agre, feed feed, plastered plaster, bled bled, motoring motor
  sing sing, hopping hop, hoping hope, conflated conflat, troubled troubl
  sized size, falling fall, happy happi, sky sky, enjoy enjoy
  relational relat, conditional condit, rational ration, valenci valenc, digitizer digit
  conformabli conform, radically radic, organisation organis, organization organ, university univers
  universities univers, generalities general, communities communiti, arsenal arsenal, electrical electr
  hopefulness hope, formative format, adjustment adjust, replacement replac, probate probat
  rate rate, controlling control, skies sky, dying die, news news
  inning inning, proceed proceed, early earli, geology geolog, runners runner`;

it.each(
  stems
    .split(/[,\n]/)
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map((pair) => pair.split(' ')),
)('%s is %s', (word, stem) => {
  expect(stemEnglish(word!)).toBe(stem);
});
