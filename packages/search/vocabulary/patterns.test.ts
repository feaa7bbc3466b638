import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PatternPiece } from '../ast/pattern_node.ts';
import { longestText, patternTest } from './pattern_test.ts';
import { TextFinder } from './text_finder.ts';

const sign = fc.constantFrom('a', 'b', '.', '😀');
const text = fc.array(sign, { maxLength: 8 }).map((signs) => signs.join(''));
const piece = fc.oneof(
  fc.array(sign, { minLength: 1, maxLength: 3 }).map((signs): PatternPiece => ({ text: signs.join('') })),
  fc.constantFrom<PatternPiece>({ wild: 'one' }, { wild: 'any' }),
);
const pattern = fc.array(piece, { maxLength: 6 });

const expressionOf = (pieces: readonly PatternPiece[]) =>
  pieces
    .map((one) => ('text' in one ? one.text.replaceAll('.', '\\.') : one.wild === 'one' ? '.' : '.*'))
    .join('');

it('a pattern describes what the expression of the same meaning describes', () => {
  fc.assert(
    fc.property(pattern, fc.array(text, { maxLength: 8 }), (pieces, terms) => {
      const fits = patternTest(pieces);
      const expected = new RegExp(`^${expressionOf(pieces)}$`, 'su');
      for (const term of terms) {
        expect(fits(term)).toBe(expected.test(term));
        if (fits(term)) expect(term).toContain(longestText(pieces));
      }
    }),
  );
});

it('a pattern of a thousand stars takes no time', () => {
  const pieces = Array.from({ length: 1000 }, (): PatternPiece[] => [{ wild: 'any' }, { text: 'a' }]).flat();
  expect(patternTest([...pieces, { text: 'b' }])('a'.repeat(5000))).toBe(false);
});

it('many texts are found inside one in one go', () => {
  fc.assert(
    fc.property(fc.array(text.filter((one) => one !== '')), text, (texts, whole) => {
      const found = new Set<number>();
      new TextFinder(texts).within(whole, (number, start, end) => {
        expect(whole.slice(start, end)).toBe(texts[number]);
        found.add(number);
      });
      expect([...found].sort((a, b) => a - b)).toEqual(
        [...texts.keys()].filter((number) => whole.includes(texts[number]!)),
      );
    }),
  );
});
