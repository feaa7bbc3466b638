import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pageOf } from './page.ts';

it('is the slice of the sorted list, wherever it begins', () => {
  const page = fc.record({
    ranks: fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 400 }),
    start: fc.nat(420),
    rows: fc.nat(60),
  });
  fc.assert(
    fc.property(page, ({ ranks, start, rows }) => {
      const order = (a: number, b: number) => ranks[a]! - ranks[b]! || a - b;
      const list = Int32Array.from(ranks.keys());
      const sorted = [...list].sort(order);
      expect(pageOf(list, order, start, rows)).toEqual(sorted.slice(start, start + rows));
    }),
  );
});

it('parts long lists in the middle as well as at their beginning', () => {
  const list = Int32Array.from({ length: 10_000 }, (_, at) => (at * 7919) % 10_000);
  const order = (a: number, b: number) => b - a;
  expect(pageOf(list, order, 0, 3)).toEqual([9999, 9998, 9997]);
  expect(pageOf(list, order, 5000, 3)).toEqual([4999, 4998, 4997]);
  expect(pageOf(list, order, 9999, 3)).toEqual([0]);
});
