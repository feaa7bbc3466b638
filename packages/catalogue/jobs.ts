import type { BoundHandler, Job } from '@portolan/queue';
import type { Site } from './action/call.ts';
import { mailHandlers } from './notification/handlers.ts';
import { mailJobs } from './notification/jobs.table.ts';
import { testJob } from './service/test.job.ts';

/** Every background job of the catalogue, for relay and worker. */
export const catalogueJobs: readonly Job[] = [...mailJobs, testJob];

/** What a worker does for those that are declared without it. */
export const catalogueHandlers = (site: Site): BoundHandler[] => mailHandlers(site);
