import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SortedTerms } from './sorted_terms.ts';
import { TextFinder } from './text_finder.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '￼', '😀'), minLength: 1, maxLength: 5 });
const texts = fc.uniqueArray(text, { maxLength: 30 });

it('tells which terms it has, and where a text would stand among them', () => {
  fc.assert(
    fc.property(texts, text, (terms, one) => {
      const sorted = SortedTerms.of(terms);
      const all = Array.from({ length: sorted.size }, (_, place) => sorted.at(place));
      expect([...all].sort()).toEqual([...terms].sort());
      expect(all).toEqual([...all].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
      expect(sorted.has(one)).toBe(terms.includes(one));
      const from = sorted.firstFrom(one);
      const beginning = all.filter((term) => term.startsWith(one));
      expect(all.slice(from, sorted.firstBeyond(one))).toEqual(beginning);
    }),
  );
});

it('finds the terms that hold texts, and none across the border of two', () => {
  fc.assert(
    fc.property(texts, fc.uniqueArray(fc.oneof(text, fc.constant('a\0b'))), (terms, wanted) => {
      const sorted = SortedTerms.of(terms);
      const found = new Set<string>();
      sorted.containing(new TextFinder(wanted), (place, number) => {
        found.add(`${sorted.at(place)} ${wanted[number]}`);
      });
      const expected = terms.flatMap((term) =>
        wanted.filter((one) => term.includes(one)).map((one) => `${term} ${one}`),
      );
      expect([...found].sort()).toEqual(expected.sort());
    }),
  );
});
