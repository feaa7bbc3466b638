import type { Db } from '@portolan/db';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { runGather } from '../gather/gather.job.ts';
import { runImport } from '../object/import.job.ts';
import { runSchedule } from '../schedule/schedule.ts';
import { addSource, type Bench, harvestBench, startJob, testRun } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import { jobChanges } from './changes.ts';
import { findJob } from './job.repo.ts';
import { jobPlan, type PlannedAction } from './planned.ts';

let db: Db;
let bench: Bench;
let listing: Listing;
let source: string;
let now: number;
let sources = 0;

beforeAll(async () => {
  ({ db } = await testDatabase());
});

beforeEach(async () => {
  source = `planned-${sources++}`;
  listing = { records: ['a', 'b', 'c'].map((guid) => ({ guid })), pageSize: 1, complete: true };
  now = Date.now();
  bench = harvestBench(db, [listedDriver(listing)], { now: () => now });
  await addSource(db, { id: source, type: 'listed' });
});

const planOf = async (id: string, action?: PlannedAction) =>
  jobPlan(db, (await findJob(db, id))!, { action, limit: 100, offset: 0 });
const datasets = () =>
  db.rows(`SELECT FROM harvest_object WHERE harvest_source_id = $1 AND current`, [source]);

it('knows before it touches the catalogue what it creates, updates, leaves alone and deletes', async () => {
  await startJob(bench.site, source);
  await bench.drain();
  listing.records = [{ guid: 'a' }, { guid: 'b', notes: 'new' }, { guid: 'd' }];
  const id = await startJob(bench.site, source);
  await runGather(bench.site, testRun(), id);
  expect(await planOf(id)).toMatchObject({
    complete: true,
    create: 1,
    update: 1,
    compare: 0,
    unchanged: 1,
    delete: 1,
    held: 0,
    records: [
      { guid: 'a', action: 'unchanged', reason: 'same content', outcome: 'not modified' },
      { guid: 'b', action: 'update', reason: 'content changed', outcome: null },
      { guid: 'c', action: 'delete', reason: 'no longer in the source', outcome: null },
      { guid: 'd', action: 'create', reason: 'new in the source', outcome: null },
    ],
  });
  await bench.drain();
  expect((await planOf(id, 'delete')).records).toEqual([
    { guid: 'c', action: 'delete', reason: 'no longer in the source', outcome: 'deleted' },
  ]);
  expect(await jobChanges(db, id, { limit: 2, offset: 1 })).toMatchObject([
    { guid: 'b', title: 'b', report_status: 'updated', reason: 'content changed' },
    { guid: 'c', title: 'c', report_status: 'deleted', reason: 'no longer in the source' },
  ]);
});

it('tells what is listed so far, five seconds later at most, and applies nothing of it, whoever asks', async () => {
  let asked = 0;
  const id = await startJob(bench.site, source);
  listing.onGather = async () => {
    asked++;
    now += 5000;
    await runSchedule(bench.site, { sourceId: source });
    expect(await runImport(bench.site, testRun(), id)).toBe(0);
    expect(await planOf(id)).toMatchObject({ complete: false, create: asked - 1 });
  };
  await runGather(bench.site, testRun(), id);
  expect(asked).toBe(3);
  expect(await datasets()).toHaveLength(0);
  await bench.drain();
  expect(await datasets()).toHaveLength(3);
});

it('applies nothing of a listing that breaks off', async () => {
  listing.breaksAt = 2;
  const id = await startJob(bench.site, source);
  await bench.drain();
  expect(await findJob(db, id)).toMatchObject({ status: 'Finished' });
  expect(await datasets()).toHaveLength(0);
});

it('tells deletions that are held back', async () => {
  listing.records = Array.from({ length: 30 }, (_, n) => ({ guid: String(n) }));
  await startJob(bench.site, source);
  await bench.drain();
  listing.records = [{ guid: '0' }];
  const id = await startJob(bench.site, source);
  await runGather(bench.site, testRun(), id);
  expect(await planOf(id)).toMatchObject({ unchanged: 1, delete: 0, held: 29 });
});
