import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expressionSize } from './expression_size.ts';

it.each([
  ['', 0],
  ['abc', 3],
  ['a\\{3}', 4],
  ['[a-z]{3}', 3],
  ['(ab{3}){2}', 8],
  ['a{,4}|b{2,5}', 9],
  ['((a{1,200}){1,200}){1,200}', 8_000_000],
  ['(a', 1],
  ['a)', 2],
])('%s has size %i', (source, size) => {
  expect(expressionSize(source)).toBe(size);
});

it('is counted for any text', () => {
  fc.assert(fc.property(fc.string(), (source) => expressionSize(source) >= 0));
});
