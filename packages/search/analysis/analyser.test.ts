import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseForIndex, analyseForQuery, normaliseTerm } from './analyser.ts';

const indexed = (text: string, type: 'text' | 'text_general' = 'text') =>
  analyseForIndex(text, type)
    .map(({ term, position }) => `${term}(${position})`)
    .join(' ');
const asked = (text: string) =>
  analyseForQuery(text, 'text')
    .map(({ terms, position }) => `${terms.join('/')}(${position})`)
    .join(' ');

it('makes a text lower case letter by letter', () =>
  expect(analyseForQuery('İSTANBUL ΟΔΟΣ', 'text_general').flatMap(({ terms }) => terms)).toEqual([
    'istanbul',
    'οδοσ',
  ]));

// Answers of Lucene 9.11's analysers with CKAN's schema.
describe('the terms of a text', () => {
  it.each([
    ['Wi-Fi hot', 'wifi(0) wi(0) fi(1) hot(2)', 'wi(0) fi(1) hot(2)'],
    ['PowerShot-500', 'powershot(0) power(0) shot(1) 500(2)', 'power(0) shot(1) 500(2)'],
    ['£25,000 x', '25000(0) 25(0) 000(1) x(2)', '25(0) 000(1) x(2)'],
    ['PM2.5 y', 'pm(0) 25(1) 2(1) 5(2) y(3)', 'pm(0) 2(1) 5(2) y(3)'],
    ['v1.0beta2-rc', 'v(0) 10(1) 1(1) 0(2) beta(3) 2(4) rc(5)', 'v(0) 1(1) 0(2) beta(3) 2(4) rc(5)'],
    [
      'foo-bar-123-456-baz',
      'foobar(0) foo(0) bar(1) 123456(2) 123(2) 456(3) baz(4)',
      'foo(0) bar(1) 123(2) 456(3) baz(4)',
    ],
    ["O'Neill's z", 'oneil(0) o(0) neill(1) z(2)', 'o(0) neill(1) z(2)'],
    ["it's's", 'it(0) it(0) s(1)', 'it(0) s(1)'],
    ['roles & salaries', 'role(0) salari(2)', 'role(0) salari(2)'],
    ['&& a && b', 'a(1) b(3)', 'a(1) b(3)'],
    ['& & wi-fi & & & b', 'wifi(1) wi(1) fi(2) b(4)', 'wi(2) fi(3) b(7)'],
    ["1990's Ann's-x1's", '1990(0) s(1) annx(2) ann(2) x(3) 1(4) s(5)', '1990(0) s(1) ann(2) x(3) 1(4) s(5)'],
    ['Ünïcode Straße Café', 'unicode(0) strasse(1) cafe(2)', 'unicode(0) strasse(1) cafe(2)'],
    ['½ m² x²y', 'm(1) xy(2) x(2) y(3)', 'm(1) x(2) y(3)'],
    ['日本語 データ ٣٤', '日本語(0) データ(1) ٣٤(2)', '日本語(0) データ(1) ٣٤(2)'],
    ['𝒳19ไทย 👍́2021', '𝒳19ไทย(0) 𝒳19(0) ไทย(1) 👍́2021(2) 👍́(2) 2021(3)', '𝒳19(0) ไทย(1) 👍́(2) 2021(3)'],
    ['a GB x', 'a(0) gb(1) x(2)', 'a(0) gb/gib/gigabyt/gigabyt(1) x(2)'],
    ['business-and-economy', 'businessandeconomi(0) busi(0) and(1) economi(2)', 'busi(0) and(1) economi(2)'],
  ])('%s', (text, terms, query) => {
    expect(indexed(text)).toBe(terms);
    expect(asked(text)).toBe(query);
  });

  it('keep their case changes, endings and accents in fields that are not English', () =>
    expect(indexed("WiFi O'Neill Cafés teams", 'text_general')).toBe(
      'wifi(0) oneill(1) o(1) neill(2) cafés(3) teams(4)',
    ));

  it('are cut at what Java takes for white space', () => {
    const all = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code));
    const spaces = all.filter((unit) => indexed(`a${unit}b`, 'text_general') === 'a(0) b(1)');
    const codes = spaces.map((unit) => unit.charCodeAt(0));
    expect(codes).toEqual([
      ...[
        0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003,
        0x2004, 0x2005, 0x2006,
      ],
      ...[0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x205f, 0x3000],
    ]);
  });

  it('are what a search for any of its plain words looks for', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), (words) => {
        const stored = new Set(analyseForIndex(words.join(' '), 'text').map(({ term }) => term));
        for (const { terms } of analyseForQuery(words.join(' '), 'text'))
          expect(terms.some((term) => stored.has(term))).toBe(true);
      }),
    );
  });

  it('are never split or stemmed in a wildcard', () =>
    expect(normaliseTerm('Flööding-S', 'text')).toBe('flooding-s'));

  it('have the signs of ASCII for those that are like them in a wildcard', () =>
    expect(normaliseTerm('«km²»‒O’Neill（≠）｜', 'text')).toBe(`"km2"-o'neill(≠)｜`));
});
