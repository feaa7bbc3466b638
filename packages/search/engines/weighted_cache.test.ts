import { expect, it } from 'vitest';
import { WeightedCache } from './weighted_cache.ts';

const keys = (cache: WeightedCache<string>) => [...cache].map(([key]) => key);

it('lets the longest unused go when all weigh too much', () => {
  const cache = new WeightedCache<string>(10);
  cache.set('a', 'A', 4);
  cache.set('b', 'B', 4);
  expect(cache.get('a')).toBe('A');
  cache.set('c', 'C', 4);
  expect(keys(cache)).toEqual(['a', 'c']);
  expect(cache.get('b')).toBeUndefined();
});

it('counts the weight of a value that is replaced or taken no more', () => {
  const cache = new WeightedCache<string>(10);
  cache.set('a', 'A', 8);
  cache.set('a', 'second A', 4);
  cache.set('b', 'B', 6);
  expect(keys(cache)).toEqual(['a', 'b']);
  expect(cache.take('a')).toBe('second A');
  cache.set('c', 'C', 4);
  expect(keys(cache)).toEqual(['b', 'c']);
});

it('does not keep what weighs more than all may', () => {
  const cache = new WeightedCache<string>(10);
  cache.set('a', 'A', 11);
  expect(cache.get('a')).toBeUndefined();
  cache.set('b', 'B', 10);
  expect(cache.get('b')).toBe('B');
});

it('can be emptied while it is gone through', () => {
  const cache = new WeightedCache<string>(10);
  for (const key of ['a', 'b', 'c']) cache.set(key, key, 2);
  for (const [key] of cache) if (key !== 'b') cache.take(key);
  expect(keys(cache)).toEqual(['b']);
  cache.clear();
  expect(keys(cache)).toEqual([]);
});
