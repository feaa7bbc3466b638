import type { Db } from '@portolan/db';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { finishIfDone } from '../job/finish.ts';
import { addSource, type Bench, harvestBench, startJob, testRun } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import { runGather } from './gather.job.ts';

let db: Db;
let bench: Bench;
const listing: Listing = { records: [], pageSize: 100, complete: true };
const query = vi.spyOn(pg.Client.prototype, 'query');
afterAll(() => query.mockRestore());

/** How many records are claimed at once hangs on how fast they are done: here, at once. */
let now = Date.now();

beforeAll(async () => {
  ({ db } = await testDatabase());
  bench = harvestBench(db, [listedDriver(listing)], { now: () => now });
});

const recordsOf = (source: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({ guid: `${source}-${n}` }));

/** A source whose records have been imported, all at once. */
async function addImported(source: string, records: number): Promise<void> {
  listing.records = recordsOf(source, records);
  await addSource(db, { id: source, type: 'listed' });
  const job = await startJob(bench.site, source);
  await runGather(bench.site, testRun(), job);
  bench.queue.length = 0;
  await db.rows(`DELETE FROM portolan.harvest_work WHERE job_id = $1`, [job]);
  await db.rows(
    `UPDATE harvest_object SET state = 'COMPLETE', report_status = 'added', current = true WHERE harvest_job_id = $1`,
    [job],
  );
  await finishIfDone(bench.site, job);
}

/** Harvests a listing of so many records. @returns how many statements wrote something */
async function harvest(source: string, records: number): Promise<number> {
  now += 1000;
  listing.records = recordsOf(source, records);
  query.mockClear();
  await startJob(bench.site, source);
  await bench.drain();
  const texts = query.mock.calls.map(([first]) => {
    const given = first as unknown as string | { text: string };
    return typeof given === 'string' ? given : given.text;
  });
  return texts.filter((text) => /\b(INSERT INTO|DELETE FROM|(?<!FOR (NO KEY )?)UPDATE)\b/.test(text)).length;
}

it.each([
  ['though pages are small', undefined, undefined, false],
  ['though their servers say that they have', 'one', 'other', false],
  ['that have to be fetched to know', undefined, undefined, true],
  ['that have to be fetched, of which their servers say that they have', 'this', 'that', true],
  ['that have to be asked for, of which their servers say so', 'old', 'old', true],
])(
  'takes at most five writes for a thousand records that have not changed, %s',
  async (name, before, after, fetched) => {
    const [short, long] = [`short, ${name}`, `long, ${name}`];
    Object.assign(listing, { etag: before, fetched: false });
    await addImported(short, 100);
    await addImported(long, 1100);
    Object.assign(listing, { etag: after, fetched });
    const [few, many] = [await harvest(short, 100), await harvest(long, 1100)];
    const [last] = await db.rows<{ n: number; texts: number; told: number }>(
      `SELECT count(*) AS n, count(content) AS texts, count(portolan.harvest_content(id)) AS told
       FROM harvest_object WHERE harvest_source_id = $1 AND report_status = 'not modified'`,
      [long],
    );
    // What a server says is the same is not fetched.
    expect(last).toEqual({ n: 1100, texts: 0, told: fetched && before && before === after ? 0 : 1100 });
    const known = await db.rows(`SELECT FROM portolan.harvest_document WHERE source_id = $1 AND etag = $2`, [
      long,
      after ?? '',
    ]);
    expect(known).toHaveLength(after === undefined ? 0 : 1100);
    expect(many - few).toBeLessThanOrEqual(5);
  },
);

it('takes at most five for a thousand that are fetched one after the other, twenty-five in a second', async () => {
  const [short, long] = ['short and slow', 'long and slow'];
  Object.assign(listing, { etag: undefined, fetched: false });
  await addImported(short, 1000);
  await addImported(long, 3000);
  const aFetch = () => {
    now += 40;
  };
  Object.assign(listing, { fetched: true, onFetch: aFetch });
  const [few, many] = [await harvest(short, 1000), await harvest(long, 3000)];
  expect((many - few) / 2).toBeLessThanOrEqual(5);
});
