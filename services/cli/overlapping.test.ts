import { expect, it } from 'vitest';
import { overlapping } from './overlapping.ts';

async function* numbers(count: number) {
  for (let number = 0; number < count; number++) yield number;
}

/** Work that ends when it is told to, and how much of it was under way at most. */
function gauge() {
  let running = 0;
  const seen = { most: 0 };
  const work = async (item: number) => {
    seen.most = Math.max(seen.most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return item * 2;
  };
  return { seen, work };
}

it('works on several at a time and keeps their order', async () => {
  const { seen, work } = gauge();
  const found: number[][] = [];
  for await (const pair of overlapping(numbers(5), { width: 2, follows: () => false, work }))
    found.push(pair);
  expect(found).toEqual([0, 1, 2, 3, 4].map((number) => [number, number * 2]));
  expect(seen.most).toBe(2);
});

it('lets an item wait for the one that it follows', async () => {
  const { seen, work } = gauge();
  for await (const _ of overlapping(numbers(4), { width: 3, follows: () => true, work }));
  expect(seen.most).toBe(1);
});

it('ends with the first failure, when nothing is at work any more', async () => {
  let ended = 0;
  const work = async (item: number) => {
    await new Promise((resolve) => setImmediate(resolve));
    ended++;
    if (item === 0) throw new Error('no');
  };
  const all = async () => {
    for await (const _ of overlapping(numbers(9), { width: 3, follows: () => false, work }));
  };
  await expect(all()).rejects.toThrow('no');
  expect(ended).toBe(3);
});
