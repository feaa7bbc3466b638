import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SortedTerms } from './sorted_terms.ts';
import { coverTerms } from './term_cover.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '😁'), minLength: 1, maxLength: 6 });

it('covers terms, and no others', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { maxLength: 80 }),
      fc.nat(6),
      fc.constantFrom(/a/, /b$/, /ab/, /😀/u, /^.?a/, /^a.*b$/u),
      fc.integer({ min: 2, max: 6 }),
      (words, split, shape, longest) => {
        const parts = [words.slice(split), words.slice(0, split)].map((some) => SortedTerms.of(some));
        const inOrder = parts.flatMap((part) =>
          Array.from({ length: part.size }, (_, place) => part.at(place)),
        );
        const wanted = inOrder.filter((one) => shape.test(one));
        const { beginnings, terms } = coverTerms(wanted, parts, (one) => one.length <= longest);
        const covered = inOrder.filter(
          (one) => terms.includes(one) || beginnings.some((beginning) => one.startsWith(beginning)),
        );
        expect(covered).toEqual(wanted);
      },
    ),
  );
});

it('covers what holds a letter by the beginnings that end with its first place', () => {
  const letters = 'abcd';
  const terms = [...letters].flatMap((one) =>
    [...letters].flatMap((two) => [...letters].map((three) => one + two + three)),
  );
  const vocabulary = [SortedTerms.of(terms)];
  const wanted = [...terms].sort().filter((term) => term.includes('a'));
  const { beginnings, terms: rest } = coverTerms(wanted, vocabulary, () => true);
  expect(beginnings).toEqual(['a', 'ba', 'ca', 'da']);
  expect(rest).toEqual(wanted.filter((term) => term.endsWith('a') && !/^.?a/.test(term)));
});
