import fc from 'fast-check';
import { expect, it } from 'vitest';
import { termRangeNode } from '../ast/range_node.ts';
import { Effort } from './effort.ts';
import { coverRange } from './range_cover.ts';
import { rangeTest } from './shape.ts';
import { SortedTerms } from './sorted_terms.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '￼', '😀'), maxLength: 4 });
const term = word.filter((one) => one !== '');
const bound = fc.option(fc.record({ value: word, inclusive: fc.boolean() }), { nil: undefined });

it('a range is covered by beginnings and terms, wherever the terms stand', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(term, { maxLength: 40 }),
      fc.nat(3),
      bound,
      bound,
      fc.integer({ min: 1, max: 4 }),
      (terms, split, lower, upper, longest) => {
        const range = termRangeNode('text', lower, upper);
        const parts = [terms.slice(split), terms.slice(0, split)].map((some) => SortedTerms.of(some));
        const { beginnings, terms: whole } = coverRange(
          range,
          parts,
          (one) => one.length <= longest,
          new Effort(),
        );
        const covered = terms.filter(
          (one) => whole.includes(one) || beginnings.some((beginning) => one.startsWith(beginning)),
        );
        expect(covered.sort()).toEqual(terms.filter(rangeTest(range)).sort());
        // What nobody has told yet begins as it does because it is in the range.
        for (const beginning of beginnings) expect(rangeTest(range)(`${beginning}zz`)).toBe(true);
      },
    ),
  );
});

it('a range of half the alphabet takes a beginning for each letter', () => {
  const letters = 'abcdefgh';
  const terms = [...letters].flatMap((one) => [...letters].map((other) => `${one}${other}${one}`));
  const range = termRangeNode('text', { value: 'c', inclusive: true }, { value: 'f', inclusive: true });
  const { beginnings, terms: whole } = coverRange(
    range,
    [SortedTerms.of([...terms, 'f'])],
    () => true,
    new Effort(),
  );
  expect([...beginnings].sort()).toEqual(['c', 'd', 'e']);
  expect(whole).toEqual(['f']);
});
