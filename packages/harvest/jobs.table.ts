import type { Tx } from '@portolan/db';
import { defineJob, enqueue, type Job } from '@portolan/queue';
import type { HarvestQueueJob } from './site.ts';

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

/** Key: a selection of records, as JSON. */
export const reimportJob = defineJob({
  name: 'harvest.reimport',
  queue: 'harvest-import',
  concurrency: 4,
  timeout: 24 * 60 * minute,
  maxAttempts: 10,
});

/** Key: the id of a harvest job that is over; tells who wants to know. */
export const endedJob = defineJob({
  name: 'harvest.ended',
  queue: 'harvest-schedule',
  concurrency: 1,
  timeout: 10 * minute,
  maxAttempts: 5,
});

export const harvestJobs: readonly Job[] = [gatherJob, importJob, scheduleJob, reimportJob, endedJob];

const byName: Record<HarvestQueueJob, Job> = {
  'harvest.gather': gatherJob,
  'harvest.import': importJob,
  'harvest.schedule': scheduleJob,
  'harvest.reimport': reimportJob,
  'harvest.ended': endedJob,
};

/** The site's way into the queue. */
export const enqueueHarvest = async (tx: Tx, job: HarvestQueueJob, key: string): Promise<void> =>
  void (await enqueue(tx, byName[job], { key }));
