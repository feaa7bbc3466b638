import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortInSteps } from './sort_in_steps.ts';
import { atOnce, inTurns, type Steps } from './steps.ts';

/** Steps of some milliseconds each. */
function* counting(to: number, done: number[]): Steps<number> {
  for (let count = 0; count < to; count++) {
    const end = performance.now() + 5;
    while (performance.now() < end);
    done.push(count);
    yield;
  }
  return to;
}

it('lets other work in between the steps, and goes on where nothing has moved', async () => {
  const done: number[] = [];
  const others: number[] = [];
  const other = () => {
    others.push(done.length);
    if (done.length < 30) setImmediate(other);
  };
  setImmediate(other);
  expect(await inTurns(counting(30, done), () => false)).toBe(30);
  expect(others[0]).toBeLessThan(30);
});

it('ends half-way where what it works on has moved meanwhile', async () => {
  const done: number[] = [];
  expect(await inTurns(counting(1000, done), () => true)).toBeUndefined();
  expect(done.length).toBeLessThan(1000);
});

it('sorts as if it were done at once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 1000 }), (length, values) => {
      const rank = (one: number) => (one * 7919) % values;
      const order = (one: number, other: number) => rank(one) - rank(other) || one - other;
      const list = Int32Array.from({ length }, (_, at) => (at * 48_271) % 65_537);
      expect(atOnce(sortInSteps(list.slice(), order))).toEqual(list.slice().sort(order));
    }),
    { numRuns: 10 },
  );
});
