import type { Tx } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import { logOf } from '../log/parts.ts';
import type { HarvestSite } from '../site.ts';
import { lockJob } from './job.repo.ts';
import { doOnceRead, type OnceReadSite } from './once_read.ts';

type JobSite = Pick<HarvestSite, 'db' | 'runtime' | 'enqueue' | 'logger'> & OnceReadSite;

/**
 * Ends a job that has gathered everything and has no open record; a transaction of its own, because the last
 * two records may end at the same time and neither sees the other before its commit.
 * One that found out only from its records which they are may then have others to delete.
 * @returns whether the job is over
 */
export async function finishIfDone(site: JobSite, jobId: string): Promise<boolean> {
  const [hint] = await site.db.rows<{ open: boolean }>(
    `SELECT j.status = 'Running' AND (j.gather_finished IS NULL OR EXISTS (
       SELECT FROM portolan.harvest_work w WHERE w.job_id = j.id)) AS open FROM harvest_job j WHERE j.id = $1`,
    [jobId],
  );
  if (!hint || hint.open) return !hint;
  return site.db.transact(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.status !== 'Running') return true;
    if (!job.gather_finished || (await hasOpenRecords(tx, jobId))) return false;
    if ((await doOnceRead(tx, site, job)) && (await hasOpenRecords(tx, jobId))) {
      await site.enqueue(tx, 'harvest.import', jobId);
      return false;
    }
    await endJob(tx, site, jobId, undefined);
    return true;
  });
}

export async function hasOpenRecords(tx: Tx, jobId: string): Promise<boolean> {
  const [row] = await tx.rows<{ open: boolean }>(
    `SELECT EXISTS (SELECT FROM portolan.harvest_work WHERE job_id = $1) OR EXISTS (
       SELECT FROM harvest_object WHERE harvest_job_id = $1 AND state NOT IN ('COMPLETE', 'ERROR')) AS open`,
    [jobId],
  );
  return row?.open ?? false;
}

/**
 * Marks the job as finished: at `finished`, else when its last record was imported, else when it had gathered.
 * A later job may build on it (`error_free`) when everything was seen and nothing failed.
 */
export async function endJob(
  tx: Tx,
  site: Pick<HarvestSite, 'runtime' | 'enqueue' | 'logger'>,
  jobId: string,
  finished: string | undefined,
): Promise<void> {
  await tx.rows(
    `UPDATE harvest_job j SET status = 'Finished', finished = coalesce($2::timestamp,
       (SELECT max(import_finished) FROM harvest_object WHERE harvest_job_id = j.id), j.gather_finished, $3)
     WHERE id = $1`,
    [jobId, finished ?? null, timestamp(site.runtime.now())],
  );
  await tx.rows(
    `UPDATE portolan.harvest_job_state t SET error_free = t.gather_complete AND t.cancel_requested IS NULL
       AND NOT EXISTS (SELECT FROM harvest_gather_error WHERE harvest_job_id = t.job_id)
       AND NOT EXISTS (SELECT FROM harvest_object WHERE harvest_job_id = t.job_id AND state = 'ERROR')
     WHERE job_id = $1`,
    [jobId],
  );
  tx.afterCommit(() => logOf(site.logger, 'model').info({ job: jobId }, 'harvest job is finished'));
  await site.enqueue(tx, 'harvest.ended', jobId);
  // The source's own document tells the job's outcome.
  await tx.rows(`SELECT portolan.note(array_agg(source_id)) FROM harvest_job WHERE id = $1`, [jobId]);
}

/**
 * Sets every record that is not done to ERROR and forgets the work; in-flight imports find their claim gone.
 * @returns how many there were
 */
export async function closeRecords(tx: Tx, jobId: string, reportStatus: 'errored' | null): Promise<number> {
  const closed = await tx.rows(
    `UPDATE harvest_object SET state = 'ERROR', report_status = coalesce($2, report_status)
     WHERE harvest_job_id = $1 AND state NOT IN ('COMPLETE', 'ERROR') RETURNING id`,
    [jobId, reportStatus],
  );
  await tx.rows(`DELETE FROM portolan.harvest_work WHERE job_id = $1`, [jobId]);
  return closed.length;
}
