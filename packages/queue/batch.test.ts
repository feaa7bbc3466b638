import { expect, test } from 'vitest';
import { createBatcher } from './batch.ts';

test('items of one tick share a statement, and each gets its own answer', async () => {
  const batches: number[][] = [];
  const batcher = createBatcher(async (items: number[]) => {
    batches.push(items);
    return items.map((item) => item * 10);
  }, 100);
  expect(await Promise.all([1, 2, 3].map((item) => batcher.add(item)))).toEqual([10, 20, 30]);
  expect(batches).toEqual([[1, 2, 3]]);
});

test('items that come while a statement runs share the next, no more than the largest batch', async () => {
  const batches: number[][] = [];
  const { promise: started, resolve: start } = Promise.withResolvers<void>();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const batcher = createBatcher(async (items: number[]) => {
    batches.push(items);
    start();
    await gate;
    return items;
  }, 2);
  const first = batcher.add(1);
  await started;
  const others = [2, 3, 4].map((item) => batcher.add(item));
  open();
  await Promise.all([first, ...others]);
  expect(batches).toEqual([[1], [2, 3], [4]]);
});

test('a failed statement fails its items and no others', async () => {
  const batcher = createBatcher(async (items: number[]) => {
    if (items.includes(1)) throw new Error('down');
    return items;
  }, 1);
  const [one, two] = await Promise.allSettled([batcher.add(1), batcher.add(2)]);
  expect(one).toMatchObject({ status: 'rejected', reason: new Error('down') });
  expect(two).toMatchObject({ status: 'fulfilled', value: 2 });
});

test('draining waits for what was added', async () => {
  const done: number[] = [];
  const batcher = createBatcher(async (items: number[]) => {
    await new Promise(setImmediate);
    done.push(...items);
    return items;
  }, 1);
  void batcher.add(1);
  void batcher.add(2);
  await batcher.drain();
  expect(done).toEqual([1, 2]);
});
