import type { Tx } from '@portolan/db';
import { invalid, timestamp } from '@portolan/kernel';
import type { HarvestSite } from '../site.ts';
import { jobNamed } from './abort.ts';
import { findJob, type JobRow, lockJob } from './job.repo.ts';
import { reopenJob } from './reopen.ts';

type JobSite = Pick<HarvestSite, 'runtime' | 'enqueue'>;

/**
 * Lets a running job wait: work under way stops within seconds, what has been gathered and imported stays, and the
 * timeout does not count.
 * @throws PortolanError `validation` when the job does not run
 */
export async function pauseJob(tx: Tx, site: JobSite, reference: string): Promise<JobRow> {
  const job = await lockedJob(tx, reference);
  if (job.status !== 'Running')
    throw invalid({ message: `Only a running job can be paused; this one is ${job.status}` });
  await tx.rows(`UPDATE portolan.harvest_job_state SET paused = coalesce(paused, $2) WHERE job_id = $1`, [
    job.id,
    timestamp(site.runtime.now()),
  ]);
  return job;
}

/**
 * Lets a job go on where it was: a paused one, one that waits for its remote, or one that was ended by an abort or its timeout within the last day.
 * @throws PortolanError `validation` when there is nothing to go on with
 */
export async function resumeJob(tx: Tx, site: JobSite, reference: string): Promise<JobRow> {
  const job = await lockedJob(tx, reference);
  const now = timestamp(site.runtime.now());
  const paused = await tx.rows(
    `UPDATE portolan.harvest_job_state t SET paused = NULL, resting_until = NULL, resumed = $2
     WHERE job_id = $1 AND (paused IS NOT NULL OR resting_until > $2) AND EXISTS (SELECT FROM harvest_job WHERE id = $1 AND status = 'Running')
     RETURNING job_id`,
    [job.id, now],
  );
  if (paused.length === 0) await reopenJob(tx, site, job);
  const open = (await findJob(tx, job.id)) ?? job;
  if (open.gather_finished === null) await site.enqueue(tx, 'harvest.gather', job.id);
  await site.enqueue(tx, 'harvest.import', job.id);
  return open;
}

async function lockedJob(tx: Tx, reference: string): Promise<JobRow> {
  const found = await jobNamed(tx, reference);
  return (await lockJob(tx, found.id)) ?? found;
}
