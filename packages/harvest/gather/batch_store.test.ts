import type { Db } from '@portolan/db';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import type { JobRun } from '../site.ts';
import { addSource, type Bench, harvestBench, startJob, testRun } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import { runGather } from './gather.job.ts';

let db: Db;
let bench: Bench;
let listing: Listing;
let source: string;
let now: number;
let listed: string[];
let sources = 0;

beforeAll(async () => {
  ({ db } = await testDatabase());
});

beforeEach(async () => {
  source = `stored-${sources++}`;
  now = Date.now();
  listed = [];
  listing = {
    records: ['a', 'b', 'c', 'd', 'e'].map((guid) => ({ guid })),
    pageSize: 2,
    complete: true,
    onGather: (guid) => void listed.push(guid),
  };
  bench = harvestBench(db, [listedDriver(listing)], { now: () => now });
  await addSource(db, { id: source, type: 'listed' });
});

const guids = async (job: string) =>
  (
    await db.rows<{ guid: string }>(`SELECT guid FROM harvest_object WHERE harvest_job_id = $1 ORDER BY 1`, [
      job,
    ])
  ).map(({ guid }) => guid);

/** A run whose database is away from its second transaction on: its first makes the job its own. */
function interrupted(): JobRun {
  let transactions = 0;
  return {
    ...testRun(),
    async fence() {
      if (++transactions > 1) throw Object.assign(new Error('shutting down'), { code: '57P01' });
    },
  };
}

it('takes a listing up at the page up to which it is stored, after the end of its process', async () => {
  const job = await startJob(bench.site, source);
  const stop = new AbortController();
  listing.onGather = (guid) => {
    listed.push(guid);
    if (guid === 'c') stop.abort(new Error('the process stops'));
  };
  await expect(runGather(bench.site, testRun('first', stop.signal), job)).rejects.toThrow();
  expect(await guids(job)).toEqual(['a', 'b', 'c', 'd']);
  await runGather(bench.site, testRun('second'), job);
  expect(listed).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(await guids(job)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('lists again what could not be stored', async () => {
  const job = await startJob(bench.site, source);
  listing.onGather = (guid) => {
    listed.push(guid);
    now += 5000;
  };
  await expect(runGather(bench.site, interrupted(), job)).rejects.toThrow('shutting down');
  expect(await guids(job)).toEqual([]);
  await runGather(bench.site, testRun(), job);
  expect(listed).toEqual(['a', 'b', 'a', 'b', 'c', 'd', 'e']);
  expect(await guids(job)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('tells how far a listing came that broke off, by its whole pages', async () => {
  await startJob(bench.site, source);
  await bench.drain();
  listing.breaksAt = 3;
  const job = await startJob(bench.site, source);
  await bench.drain();
  expect(await guids(job)).toEqual(['a', 'b']);
});

it('says why a listing broke off, even when what it had listed cannot be kept', async () => {
  const job = await startJob(bench.site, source);
  listing.breaksAt = 3;
  let transactions = 0;
  const run: JobRun = {
    ...testRun(),
    async fence() {
      // The second transaction is the one that keeps the first page.
      if (++transactions === 2) throw new Error('no room left on the device');
    },
  };
  await runGather(bench.site, run, job);
  expect(await db.rows(`SELECT message FROM harvest_gather_error WHERE harvest_job_id = $1`, [job])).toEqual([
    { message: 'The listing broke off' },
  ]);
});
