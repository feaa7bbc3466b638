import type { Tx } from '@portolan/db';
import { type BoundHandler, defineJob, enqueue, handle, type Job, type JobContext } from '@portolan/queue';
import { runGather } from './gather/gather.job.ts';
import { runImport } from './object/import.job.ts';
import { runSchedule } from './schedule/schedule.ts';
import type { HarvestQueueJob, HarvestSite, JobRun } from './site.ts';

const minute = 60_000;

/** Key: the harvest job's id. */
export const gatherJob = defineJob({
  name: 'harvest.gather',
  queue: 'harvest-gather',
  concurrency: 4,
  timeout: 24 * 60 * minute,
  maxAttempts: 10,
});

/** Key: the harvest job's id. A run takes 50 records and asks for the next run. */
export const importJob = defineJob({
  name: 'harvest.import',
  queue: 'harvest-import',
  concurrency: 4,
  timeout: 60 * minute,
  maxAttempts: 10,
});

/** Key: a source's id, or nothing for all. */
export const scheduleJob = defineJob({
  name: 'harvest.schedule',
  queue: 'harvest-schedule',
  concurrency: 1,
  timeout: 30 * minute,
  maxAttempts: 3,
});

export const harvestJobs: readonly Job[] = [gatherJob, importJob, scheduleJob];

const byName: Record<HarvestQueueJob, Job> = {
  'harvest.gather': gatherJob,
  'harvest.import': importJob,
  'harvest.schedule': scheduleJob,
};

/** The site's way into the queue. */
export const enqueueHarvest = async (tx: Tx, job: HarvestQueueJob, key: string): Promise<void> =>
  void (await enqueue(tx, byName[job], { key }));

const runOf = (ctx: JobContext): JobRun => ({
  id: `queue ${ctx.id}`,
  signal: ctx.signal,
  fence: (tx) => ctx.fence(tx),
});

/** What the harvester's worker does for each job. */
export const harvestHandlers = (site: HarvestSite): BoundHandler[] => [
  handle(gatherJob, (ctx, key) => runGather(site, runOf(ctx), key)),
  handle(importJob, async (ctx, key) => void (await runImport(site, runOf(ctx), key))),
  handle(scheduleJob, (ctx, key) =>
    runSchedule(site, { signal: ctx.signal, ...(key ? { sourceId: key } : {}) }),
  ),
];
