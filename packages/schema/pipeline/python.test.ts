import { describe, expect, it } from 'vitest';
import { pythonItems } from './python.ts';
import { pythonTitle } from './python_text.ts';

describe('pythonTitle', () => {
  it.each([
    ['foo_bar', 'Foo_Bar'],
    ['USER', 'User'],
    ['naïve_tea', 'Naïve_Tea'],
    ["they're", "They'Re"],
    ['éCOLE ωΜΕΓΑ', 'École Ωμεγα'],
    ['a1b', 'A1B'],
    ['茶 tea', '茶 Tea'],
    ['ßa ﬁn', 'Ssa Fin'],
    ['ǆep', 'ǅep'],
    ['𐐨𐐀', '𐐀𐐨'],
    ['', ''],
  ])('makes of %j %j', (text, titled) => {
    expect(pythonTitle(text)).toBe(titled);
  });
});

describe('pythonItems', () => {
  it.each([
    [
      ['a', 1],
      ['a', 1],
    ],
    ['ab', ['a', 'b']],
    [{ a: 1, b: 2 }, ['a', 'b']],
    [null, []],
    [7, []],
    [true, []],
  ])('goes through %j', (value, items) => {
    expect(pythonItems(value)).toEqual(items);
  });
});
