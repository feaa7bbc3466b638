import { setImmediate as soon } from 'node:timers/promises';
import type { Db } from '@portolan/db';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { runGather } from '../gather/gather.job.ts';
import { addSource, type Bench, harvestBench, startJob, testRun } from '../testing/harvest_bench.ts';
import { listedDriver } from '../testing/listed_driver.ts';
import { watchJob } from './watch.ts';

let db: Db;
let bench: Bench;
let jobId: string;
let now = Date.now();
const listing = { records: [{ guid: 'one' }], pageSize: 1, complete: true, fetched: true };

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  ({ db } = await testDatabase());
  bench = harvestBench(db, [listedDriver(listing)], { now: () => now });
  await addSource(db, { id: 'source', type: 'listed' });
  jobId = await startJob(bench.site, 'source');
  await runGather(bench.site, testRun(), jobId);
});
beforeEach(() =>
  db.rows(`UPDATE portolan.harvest_work SET claimed_by = 'me', heartbeat = NULL WHERE job_id = $1`, [jobId]),
);
afterAll(() => vi.useRealTimers());

/** @returns signs of life in two minutes of work, after which the work would be taken for dead without any */
async function signs(shownEvery = Number.POSITIVE_INFINITY): Promise<string[]> {
  const asked: Promise<unknown>[] = [];
  const rows = (...given: Parameters<Db['rows']>) => {
    const answer = db.rows(...given);
    asked.push(answer);
    return answer;
  };
  const site = { ...bench.site, db: Object.create(db, { rows: { value: rows } }) };
  const watch = watchJob(site, testRun(), jobId, 'me');
  const seen = new Set<string>();
  for (let second = 5; second <= 120; second += 5) {
    now += 5000;
    if (second % shownEvery === 0) watch.shown();
    vi.advanceTimersByTime(5000);
    for (let one = asked.shift(); one; one = asked.shift()) {
      await one;
      await soon();
    }
    const [work] = await db.rows<{ heartbeat: string | null }>(
      `SELECT heartbeat FROM portolan.harvest_work WHERE claimed_by = 'me'`,
    );
    if (work?.heartbeat) seen.add(work.heartbeat);
  }
  await watch.stop();
  return [...seen];
}

it('shows life three times until work is taken for dead', async () => {
  expect(await signs()).toHaveLength(3);
});

it('shows none while claims show it', async () => {
  expect(await signs(35)).toEqual([]);
});
