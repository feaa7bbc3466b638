import { type BoundHandler, handle, type JobContext } from '@portolan/queue';
import { runGather } from './gather/gather.job.ts';
import { tellOfEnd } from './health/ended.job.ts';
import { type HealthEvent, postWebhook } from './health/webhook.ts';
import {
  endedJob,
  gatherJobs,
  importJobs,
  previewJob,
  reimportJob,
  scheduleJob,
  webhookJob,
} from './jobs.table.ts';
import { runImport } from './object/import.job.ts';
import { runReimport } from './object/reimport.job.ts';
import { shareFetchedContents } from './object/same_content.repo.ts';
import type { Selection } from './object/selection.repo.ts';
import { shareSupersededContents } from './object/superseded.repo.ts';
import { runPreview } from './preview/preview.job.ts';
import { runSchedule } from './schedule/schedule.ts';
import type { HarvestSite, JobRun } from './site.ts';

const runOf = (ctx: JobContext): JobRun => ({
  id: `queue ${ctx.id}`,
  signal: ctx.signal,
  stopping: ctx.stopping,
  fence: (tx) => ctx.fence(tx),
});

/** A listing goes on elsewhere from its last page: it need not be waited for. */
const atOnce = (run: JobRun): JobRun => ({
  ...run,
  signal: AbortSignal.any([run.signal, ...(run.stopping ? [run.stopping] : [])]),
});

/** What the harvester's worker does for each job. */
export const harvestHandlers = (site: HarvestSite): BoundHandler[] => [
  ...Object.values(gatherJobs).map((job) =>
    handle(job, (ctx, key) => runGather(site, atOnce(runOf(ctx)), key)),
  ),
  ...Object.values(importJobs).map((job) =>
    handle(job, async (ctx, key) => void (await runImport(site, runOf(ctx), key))),
  ),
  handle(scheduleJob, (ctx, key) =>
    runSchedule(site, { signal: ctx.signal, ...(key ? { sourceId: key } : {}) }),
  ),
  handle(
    reimportJob,
    async (ctx, key) => void (await runReimport(site, runOf(ctx), JSON.parse(key) as Selection)),
  ),
  handle(previewJob, (ctx, key) => runPreview(site, atOnce(runOf(ctx)), key)),
  handle(endedJob, async (ctx, key) => {
    await tellOfEnd(site, runOf(ctx), key);
    await shareFetchedContents(site.db, key, ctx.fence);
    await shareSupersededContents(site.db, key, ctx.fence);
  }),
  handle(webhookJob, (ctx, key) => postWebhook(site, ctx.signal, JSON.parse(key) as HealthEvent)),
];
