import type { Db } from '@portolan/db';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type RemoteBench, remoteBench } from '../../../packages/harvest/testing/remote_bench.ts';
import { testDatabase } from '../../../test/harness/database.ts';
import { teaListDriver } from './driver.ts';

let db: Db;
let at: RemoteBench;

beforeAll(async () => {
  ({ db } = await testDatabase());
});
beforeEach(async () => {
  at = await remoteBench(db, [teaListDriver]);
});
afterEach(() => at.close());

const tea = (id: string, name?: string) => ({ id, name, price: `http://tea.test/${id}.csv` });

it('reads a list page by page, follows its changes and deletes what is gone', async () => {
  at.remote.pages = {
    '/teas': JSON.stringify({ teas: [tea('assam', 'Assam'), tea('nameless')], next: '/more' }),
    '/more': JSON.stringify({ teas: [tea('lapsang', 'Lapsang')] }),
  };
  const source = await at.newSource('tea-list', '/teas', { deletion_guard: false });
  const first = await at.harvest(source);
  expect(first.stats).toMatchObject({ added: 2, errored: 1 });
  expect(first.errors.map(({ message }) => message)).toEqual(['Tea nameless has no name']);

  at.remote.pages = { '/teas': JSON.stringify({ teas: [tea('assam', 'Assam, second flush')] }) };
  expect((await at.harvest(source)).stats).toMatchObject({ updated: 1, deleted: 1 });
});

it('that cannot be read to its end ends the job with an error and deletes nothing', async () => {
  at.remote.pages = { '/teas': JSON.stringify({ teas: [tea('a', 'A')], next: '/more' }), '/more': '<html>' };
  expect(await at.harvest(await at.newSource('tea-list', '/teas'))).toMatchObject({
    status: 'Finished',
    stats: { deleted: 0 },
    gatherErrors: [expect.stringContaining('/more cannot be read: The answer cannot be decoded')],
  });
});
