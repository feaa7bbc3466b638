import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRange, resolveRange } from './range.rules.ts';

test.each([
  ['bytes=0-9', { start: 0, end: 9 }],
  ['bytes=5-', { start: 5 }],
  ['bytes=-7', { suffix: 7 }],
  ['Bytes=0-0', { start: 0, end: 0 }],
  ['bytes=9-5', undefined],
  ['bytes=-', undefined],
  ['bytes=0-1,5-6', undefined],
  ['bytes=a-b', undefined],
  ['items=0-9', undefined],
  ['bytes=1e3-', undefined],
  ['', undefined],
])('the header %j means %j', (header, expected) => {
  expect(parseRange(header)).toEqual(expected);
});

test.each([
  [{ start: 0, end: 9 }, 10, { start: 0, end: 9 }],
  [{ start: 0, end: 99 }, 10, { start: 0, end: 9 }],
  [{ start: 4 }, 10, { start: 4, end: 9 }],
  [{ suffix: 3 }, 10, { start: 7, end: 9 }],
  [{ suffix: 30 }, 10, { start: 0, end: 9 }],
  [{ start: 10 }, 10, undefined],
  [{ suffix: 0 }, 10, undefined],
  [{ start: 0 }, 0, undefined],
  [{ suffix: 1 }, 0, undefined],
])('%j of %i bytes is %j', (range, size, expected) => {
  expect(resolveRange(range, size)).toEqual(expected);
});

test('a resolved range lies inside the object', () => {
  const number = fc.nat({ max: 50 });
  const range = fc.oneof(
    fc.record({ suffix: number }),
    fc.tuple(number, number).map(([start, length]) => ({ start, end: start + length })),
  );
  fc.assert(
    fc.property(range, number, (asked, size) => {
      const found = resolveRange(asked, size);
      if (found === undefined) return;
      expect(found.start).toBeGreaterThanOrEqual(0);
      expect(found.end).toBeGreaterThanOrEqual(found.start);
      expect(found.end).toBeLessThan(size);
    }),
  );
});
