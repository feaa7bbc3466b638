import type { Tx } from '@portolan/db';
import { defineJob, enqueue, type Job, type JobSpec } from '@portolan/queue';
import { laneOf } from './job/lane.ts';
import type { HarvestQueueJob } from './site.ts';

const minute = 60_000;

/** One job for each lane, with the slots of each in a process. */
const inLanes = (spec: Omit<JobSpec, 'concurrency'>) => {
  const lane = (name: string, concurrency: number) =>
    defineJob({ ...spec, concurrency, name: `${spec.name}.${name}`, queue: `${spec.queue}-${name}` });
  return {
    ordinary: defineJob({ ...spec, concurrency: 4 }),
    first: lane('first', 4),
    long: lane('long', 2),
  };
};

/** Key: the harvest job's id. */
export const gatherJobs = inLanes({
  name: 'harvest.gather',
  queue: 'harvest-gather',
  timeout: 24 * 60 * minute,
  maxAttempts: 10,
});

/** Key: the harvest job's id. A run works for some seconds and asks for the next run. */
export const importJobs = inLanes({
  name: 'harvest.import',
  queue: 'harvest-import',
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
  queue: 'harvest-import-long',
  concurrency: 2,
  timeout: 24 * 60 * minute,
  maxAttempts: 10,
});

/** Key: the id of a preview. It goes on where an attempt before it stopped. */
export const previewJob = defineJob({
  name: 'harvest.preview',
  queue: 'harvest-preview',
  concurrency: 2,
  timeout: 6 * 60 * minute,
  maxAttempts: 5,
});

/** Key: the id of a harvest job that is over; tells who wants to know. */
export const endedJob = defineJob({
  name: 'harvest.ended',
  queue: 'harvest-schedule',
  concurrency: 1,
  timeout: 10 * minute,
  maxAttempts: 5,
});

/** Key: a change of a source's health, as JSON. It is posted for some two hours, by and by less often. */
export const webhookJob = defineJob({
  name: 'harvest.webhook',
  queue: 'harvest-webhook',
  concurrency: 2,
  timeout: 5 * minute,
  maxAttempts: 20,
});

export const harvestJobs: readonly Job[] = [
  ...Object.values(gatherJobs),
  ...Object.values(importJobs),
  scheduleJob,
  reimportJob,
  previewJob,
  endedJob,
  webhookJob,
];

const byName: Record<HarvestQueueJob, (tx: Tx, key: string) => Job | Promise<Job>> = {
  'harvest.gather': async (tx, id) => gatherJobs[(await laneOf(tx, id)) ?? 'ordinary'],
  'harvest.import': async (tx, id) => importJobs[(await laneOf(tx, id)) ?? 'ordinary'],
  'harvest.schedule': () => scheduleJob,
  'harvest.reimport': () => reimportJob,
  'harvest.preview': () => previewJob,
  'harvest.ended': () => endedJob,
  'harvest.webhook': () => webhookJob,
};

/** The site's way into the queue. */
export const enqueueHarvest = async (tx: Tx, job: HarvestQueueJob, key: string): Promise<void> =>
  void (await enqueue(tx, await byName[job](tx, key), { key }));
