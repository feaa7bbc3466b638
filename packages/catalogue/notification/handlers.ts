import { type BoundHandler, handle } from '@portolan/queue';
import type { Site } from '../action/call.ts';
import { sendDigest } from './digest_mail.job.ts';
import { digestMailJob, resetMailJob } from './jobs.table.ts';
import { sendResetMail } from './reset_mail.job.ts';

/** What a worker does for each mail. */
export const mailHandlers = (site: Site): BoundHandler[] => [
  handle(resetMailJob, (context, key) => sendResetMail(site, context, key)),
  handle(digestMailJob, (context, key) => sendDigest(site, context, key)),
];
