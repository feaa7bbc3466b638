import type { JsonText } from '@portolan/catalogue';
import type { Db } from '@portolan/db';
import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../../test/harness/accounts.ts';
import { postgresEngine } from './engine.ts';

let portal: TestSite;
let db: Db;
beforeAll(async () => {
  portal = await testSite({}, () => postgresEngine({ timeout: 2500 }));
  ({ db } = portal.site);
  await portal.must('organization_create', { name: 'baths' });
  await portal.must('package_create', { name: 'warm-water', title: 'Warm water', owner_org: 'baths' });
});

/** How many datasets are found, or the refusal. */
async function search(q: string) {
  const answer = await portal.call('package_search', undefined, { q });
  return 'error' in answer
    ? answer
    : (JSON.parse((answer.result as JsonText).text) as { count: number }).count;
}
const tooLong = { status: 409, error: { message: `Search error: 'the search took longer than 2500 ms'` } };

/** What a search reads is locked meanwhile. */
const whileLocked = (table: string, work: () => Promise<void>) =>
  db.transact(async (tx) => {
    await tx.rows(`LOCK TABLE portolan.${table} IN ACCESS EXCLUSIVE MODE`);
    await work();
  });

const waiting = () =>
  db.rows(
    `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );

it('a search that takes too long ends with a search error, and so does its statement', async () => {
  await whileLocked('search_statistic', async () => {
    expect(await search('water')).toEqual(tooLong);
    expect(await waiting()).toEqual([]);
  });
  expect(await search('water')).toBe(1);
});

it('the reading of columns, from which others have as much, goes on when the search that began it gives up', async () => {
  await portal.must('package_create', { name: 'cold-water', owner_org: 'baths' });
  await whileLocked('search_document', async () => {
    expect(await search('*:*')).toEqual(tooLong);
    expect(await waiting()).toHaveLength(1);
  });
  expect(await search('*:*')).toBe(2);
});
