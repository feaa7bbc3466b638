import { expect, it } from 'vitest';
import { parseExpression } from './parse.ts';
import { expressionSize } from './size.ts';

it.each([
  ['', 1],
  ['abc', 3],
  ['a\\{3}', 4],
  ['[a-z]{3}', 3],
  ['(ab{3}){2}', 8],
  ['a{4,}|b{2,5}', 9],
  ['((a{1,200}){1,200}){1,200}', 8_000_000],
  ['((){200}){200}', 40_000],
  ['~(a{30})&b', 31],
])('%s has size %i', (source, size) => {
  expect(expressionSize(parseExpression(source))).toBe(size);
});
