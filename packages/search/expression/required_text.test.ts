import { expect, it } from 'vitest';
import { parseExpression } from './parse.ts';
import { requiredText } from './required_text.ts';

it.each([
  ['tea', 'tea'],
  ['.*tea.*', 'tea'],
  ['a(bcd)+e', 'bcd'],
  ['a(bcd)*ef', 'ef'],
  ['tea|coffee', ''],
  ['ab(cd|ce)fgh', 'fgh'],
  ['[ab]c.', 'c'],
  ['"a.b"[0-9]', 'a.b'],
  ['~(tea)', ''],
  ['.*ab.*&.*cde', 'cde'],
  ['(ab){0,2}c', 'c'],
  ['😀😁', '😀😁'],
])('what %s describes has %j in it', (source, text) =>
  expect(requiredText(parseExpression(source))).toBe(text),
);
