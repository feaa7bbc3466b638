import type { Db } from '@portolan/db';
import { silentLogger as logger } from '@portolan/kernel';
import { migrateQueueBackend, startRelay, startWorker } from '@portolan/queue/storage';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { harvestHandlers } from '../job_handlers.ts';
import { enqueueHarvest, harvestJobs } from '../jobs.table.ts';
import type { HarvestSite } from '../site.ts';
import { addSource, harvestBench } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import { abortJob } from './abort.ts';
import { findJob } from './job.repo.ts';
import { createJob } from './start.ts';

let db: Db;
let url: string;
let site: HarvestSite;
let slow: Listing;
let sources = 0;

beforeAll(async () => {
  ({ db, url } = await testDatabase());
});

beforeEach(() => {
  const quick = { records: [{ guid: 'quick' }], pageSize: 10, complete: true };
  slow = { records: [{ guid: 'slow' }], pageSize: 10, complete: true };
  const drivers = [listedDriver(quick), { ...listedDriver(slow), name: 'slow' }];
  site = { ...harvestBench(db, drivers).site, enqueue: enqueueHarvest };
});

async function source(type = 'listed', lastSeconds?: number): Promise<string> {
  const id = `lane-${sources++}`;
  await addSource(db, { id, type });
  if (lastSeconds !== undefined)
    await db.rows(
      `INSERT INTO harvest_job (id, source_id, status, created, gather_started, finished)
       VALUES ($1 || '-last', $1, 'Finished', '2026-01-01', '2026-01-01', timestamp '2026-01-01' + $2 * interval '1 second')`,
      [id, lastSeconds],
    );
  return id;
}

const start = async (sourceId: string, byHand = false) =>
  (await db.transact((tx) => createJob(tx, site, sourceId, { run: true, byHand }))).id;
const queued = (job: string) =>
  db.rows(`SELECT name, queue, abort_requested FROM portolan.job WHERE key = $1 ORDER BY id`, [job]);

it.each<[what: string, byHand: boolean, lastSeconds: number | undefined, lane: string]>([
  ['that somebody asks for', true, 7200, 'first'],
  ['whose source took long the last time', false, 7200, 'long'],
  ['whose source was done soon', false, 60, ''],
  ['whose source was never harvested', false, undefined, ''],
])('a job %s has its own slots, until it is aborted', async (_, byHand, lastSeconds, lane) => {
  const job = await start(await source('listed', lastSeconds), byHand);
  await db.transact((tx) => site.enqueue(tx, 'harvest.import', job));
  const [dot, dash] = lane === '' ? ['', ''] : [`.${lane}`, `-${lane}`];
  expect(await queued(job)).toMatchObject([
    { name: `harvest.gather${dot}`, queue: `harvest-gather${dash}` },
    { name: `harvest.import${dot}`, queue: `harvest-import${dash}` },
  ]);
  await db.transact((tx) => abortJob(tx, site, job));
  expect(await db.rows(`SELECT FROM portolan.job WHERE key = $1 AND state = 'waiting'`, [job])).toEqual([]);
});

it('a job that somebody asks for does not wait for those that list their sources for hours', async () => {
  const config = { databaseUrl: url, redisUrl: undefined, siteId: 'lanes' };
  const jobs = [...harvestJobs];
  await migrateQueueBackend(config);
  let listing = 0;
  const end = Promise.withResolvers<void>();
  slow.onGather = () => {
    listing++;
    return end.promise;
  };
  const [relay, worker] = await Promise.all([
    startRelay({ db, config, logger, jobs }),
    startWorker({ db, config, logger, jobs, handlers: harvestHandlers(site) }),
  ]);
  // As many as a worker has slots for, and one more that waits.
  for (let n = 0; n < 5; n++) await start(await source('slow'));
  await vi.waitFor(() => expect(listing).toBe(4), { timeout: 20_000 });
  const wanted = await start(await source(), true);
  await vi.waitFor(async () => expect((await findJob(db, wanted))?.status).toBe('Finished'), {
    timeout: 20_000,
  });
  expect(listing).toBe(4);
  end.resolve();
  await Promise.all([relay.close(), worker.close()]);
});
