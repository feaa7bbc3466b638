import { expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { listedSource } from '../testing/listed_source.ts';
import { jobChanges } from './changes.ts';

it('tells of every record once, a page after the other', async () => {
  const { db } = await testDatabase();
  const guids = ['a', 'b', 'c', 'd', 'e'];
  const { harvest } = await listedSource(db, {
    records: guids.map((guid) => ({ guid, ...(guid === 'd' ? { fails: 'driver' as const } : {}) })),
  });
  const { id } = await harvest();
  const pages = await Promise.all([0, 2, 4, 6].map((offset) => jobChanges(db, id, { limit: 2, offset })));
  expect(pages.map((page) => page.map(({ guid }) => guid))).toEqual([['a', 'b'], ['c', 'd'], ['e'], []]);
  expect(pages.flat().map(({ report_status }) => report_status)).toEqual([
    'added',
    'added',
    'added',
    'errored',
    'added',
  ]);
});
