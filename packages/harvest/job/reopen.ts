import { lockNames, type Tx } from '@portolan/db';
import { invalid, timestamp } from '@portolan/kernel';
import { reclaimOpenRecords } from '../object/open_records.ts';
import type { HarvestSite } from '../site.ts';
import { findSource } from '../source/source.repo.ts';
import type { JobRow } from './job.repo.ts';

const day = 86_400_000;

/**
 * Opens a job again that was ended early: records that were closed with it wait again, those that failed by
 * themselves stay failed, and a listing that broke off goes on from its cursor.
 */
export async function reopenJob(tx: Tx, site: Pick<HarvestSite, 'runtime'>, job: JobRow): Promise<void> {
  const now = site.runtime.now();
  await lockNames(tx, 'harvest_source', [job.source_id]);
  const source = await findSource(tx, job.source_id);
  if (job.status !== 'Finished') throw invalid({ message: 'The job has not been paused or ended' });
  if (!source?.active || source.frozen) throw invalid({ message: 'The source is frozen or not active' });
  const [pending] = await tx.rows(
    `SELECT FROM harvest_job WHERE source_id = $1 AND status IN ('New', 'Running') LIMIT 1`,
    [job.source_id],
  );
  if (pending) throw invalid({ message: 'There already is an unrun job for this source' });
  const [ended] = await tx.rows<{ at: string | null }>(
    `SELECT cancel_requested AS at FROM portolan.harvest_job_state WHERE job_id = $1`,
    [job.id],
  );
  if (ended?.at && now - Date.parse(`${ended.at.replace(' ', 'T')}Z`) > day)
    throw invalid({ message: 'A job can be resumed within a day of its end' });
  const [state] = await tx.rows<{ cut: boolean }>(
    `UPDATE portolan.harvest_job_state SET cancel_requested = NULL, error_free = NULL, resumed = $2, told = NULL, rests = 0, resting_until = NULL
     WHERE job_id = $1 AND cancel_requested IS NOT NULL RETURNING NOT gather_complete AS cut`,
    [job.id, timestamp(now)],
  );
  if (!state) throw invalid({ message: 'The job came to its own end' });
  await tx.rows(
    `UPDATE harvest_job SET status = 'Running', finished = NULL,
       gather_finished = CASE WHEN $2 THEN NULL ELSE gather_finished END WHERE id = $1`,
    [job.id, state.cut],
  );
  await tx.rows(
    `UPDATE harvest_object o SET state = 'WAITING', report_status = NULL, retry_times = 0
     WHERE harvest_job_id = $1 AND state = 'ERROR'
       AND NOT EXISTS (SELECT FROM harvest_object_error WHERE harvest_object_id = o.id)`,
    [job.id],
  );
  await reclaimOpenRecords(tx, job.id);
}
