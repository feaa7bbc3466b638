import { expect, it } from 'vitest';
import { PageKeys } from './page_keys.ts';

const page = { query: { match_all: {} }, sort: ['place'] };

function keys() {
  const known = new PageKeys();
  const sought: string[] = [];
  const of = (state: string, start: number, found: unknown[] | undefined = [start]) =>
    known.of(state, page, start, async () => {
      sought.push(`${state} ${start}`);
      return found;
    });
  return { known, of, sought };
}

it('seeks a key once while the index finds the same, also for all who ask meanwhile', async () => {
  const { of, sought } = keys();
  expect(await Promise.all([of('a', 30), of('a', 30), of('a', 40)])).toEqual([[30], [30], [40]]);
  expect(await of('a', 30, ['another'])).toEqual([30]);
  expect(sought).toEqual(['a 30', 'a 40']);
  expect(await of('b', 30, ['another'])).toEqual(['another']);
});

it('takes the end of one page for the beginning of the next, in the state in which it was', async () => {
  const { known, of, sought } = keys();
  await of('a', 30);
  known.add('a', page, 35, ['end']);
  known.add('before', page, 40, ['old']);
  expect([await of('a', 35), await of('a', 40)]).toEqual([['end'], [40]]);
  expect(sought).toEqual(['a 30', 'a 40']);
});

it('keeps nothing where there is nothing, or where seeking fails', async () => {
  const { known, of, sought } = keys();
  await expect(known.of('a', page, 50, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await of('a', 50)).toEqual([50]);
  expect(await known.of('a', page, 60, async () => undefined)).toBeUndefined();
  expect(await of('a', 60)).toEqual([60]);
  expect(sought).toEqual(['a 50', 'a 60']);
});

it('does not take what was sought in a state that has passed for true in the next', async () => {
  const { known, of } = keys();
  const { promise, resolve } = Promise.withResolvers<unknown[]>();
  const late = known.of('a', page, 30, () => promise);
  expect(await of('b', 30, ['now'])).toEqual(['now']);
  resolve(['then']);
  expect(await late).toEqual(['then']);
  expect(await of('b', 30, ['sought again'])).toEqual(['now']);
});
