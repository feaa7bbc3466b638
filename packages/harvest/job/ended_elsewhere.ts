import { timestamp } from '@portolan/kernel';
import { logOf } from '../log/parts.ts';
import type { ScheduleSite } from '../site.ts';
import { closeRecords } from './finish.ts';
import { lockJob } from './job.repo.ts';

/**
 * Closes jobs that other hands have ended (operators' SQL, CKAN's own commands) while records of them were open: those
 * are errors then, as when the job is aborted.
 */
export async function closeEndedElsewhere(
  site: ScheduleSite,
  sourceId: string | undefined,
  each: (jobId: string, close: () => Promise<void>) => Promise<void>,
): Promise<void> {
  for (const id of await endedWithOpenRecords(site, sourceId)) await each(id, () => closeJob(site, id));
}

async function endedWithOpenRecords({ db }: ScheduleSite, sourceId: string | undefined): Promise<string[]> {
  // From one job to the next by the index: a job may have a million records to do.
  const rows = await db.rows<{ id: string }>(
    `WITH RECURSIVE worked AS (
       (SELECT job_id FROM portolan.harvest_work ORDER BY job_id LIMIT 1)
       UNION ALL
       SELECT (SELECT w.job_id FROM portolan.harvest_work w WHERE w.job_id > worked.job_id ORDER BY w.job_id LIMIT 1)
       FROM worked WHERE worked.job_id IS NOT NULL)
     SELECT j.id FROM worked JOIN harvest_job j ON j.id = worked.job_id
     WHERE j.status IN ('Finished', 'Aborted') AND ($1::text IS NULL OR j.source_id = $1)
       AND EXISTS (SELECT FROM portolan.harvest_work w JOIN harvest_object o ON o.id = w.object_id
                   WHERE w.job_id = j.id AND o.state NOT IN ('COMPLETE', 'ERROR'))`,
    [sourceId ?? null],
  );
  return rows.map(({ id }) => id);
}

const closeJob = (site: ScheduleSite, id: string): Promise<void> =>
  site.db.transact(async (tx) => {
    const job = await lockJob(tx, id);
    if (job?.status !== 'Finished' && job?.status !== 'Aborted') return;
    await tx.rows(
      `UPDATE portolan.harvest_job_state SET cancel_requested = coalesce(cancel_requested, $2), error_free = false, gather_token = NULL
       WHERE job_id = $1`,
      [id, timestamp(site.runtime.now())],
    );
    const closed = await closeRecords(tx, id, 'errored');
    await tx.rows(`SELECT portolan.note(ARRAY[$1::text])`, [job.source_id]);
    tx.afterCommit(() =>
      logOf(site.logger, 'queue').warn(
        { job: id, source: job.source_id, objects: closed },
        `Job ${id} was aborted or timed out, ${closed} objects set to error`,
      ),
    );
  });
