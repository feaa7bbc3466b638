import type { Sql, Tx } from '@portolan/db';
import { notFound, timestamp } from '@portolan/kernel';
import { type Job, requestAbort } from '@portolan/queue';
import { gatherJobs, importJobs } from '../jobs.table.ts';
import type { HarvestSite } from '../site.ts';
import { findSourceByReference } from '../source/source.repo.ts';
import { closeRecords } from './finish.ts';
import { findJob, type JobRow, lockJob, newestJob } from './job.repo.ts';

/** The job that a reference means: a job's id, or the newest job of a source by id or name. */
export async function jobNamed(sql: Sql, reference: string): Promise<JobRow> {
  const source = await findSourceByReference(sql, reference);
  if (source) {
    const job = await newestJob(sql, source.id);
    if (!job) throw notFound('Error: source has no jobs');
    return job;
  }
  const job = await findJob(sql, reference);
  if (!job) throw notFound();
  return job;
}

/**
 * Ends a job now. Its open records become errors; work under way finds its claim gone and stops, so nothing
 * of the job is written after this. As in CKAN a job that had not begun gets no end, nor do its records an outcome.
 */
export async function abortJob(
  tx: Tx,
  site: Pick<HarvestSite, 'runtime'>,
  reference: string,
): Promise<JobRow> {
  const found = await jobNamed(tx, reference);
  const job = (await lockJob(tx, found.id)) ?? found;
  if (job.status === 'New' || job.status === 'Running') {
    await tx.rows(
      `UPDATE harvest_job SET status = 'Finished',
         finished = CASE WHEN gather_started IS NULL THEN finished ELSE coalesce(finished, $2) END WHERE id = $1`,
      [job.id, timestamp(site.runtime.now())],
    );
    await tx.rows(
      `UPDATE portolan.harvest_job_state SET cancel_requested = $2, error_free = false, gather_token = NULL WHERE job_id = $1`,
      [job.id, timestamp(site.runtime.now())],
    );
  }
  await closeRecords(tx, job.id, job.gather_started === null ? null : 'errored');
  await tx.rows(`SELECT portolan.note(ARRAY[$1::text])`, [job.source_id]);
  for (const queued of [gatherJobs, importJobs].flatMap(Object.values<Job>))
    await requestAbort(tx, queued, job.id);
  return (await findJob(tx, job.id)) ?? job;
}
