import { timestamp } from '@portolan/kernel';
import { closeRecords, endJob } from '../job/finish.ts';
import { spacedTime } from '../job/job.presenter.ts';
import { addGatherError, lockJob } from '../job/job.repo.ts';
import { jobStanding } from '../job/standing.ts';
import type { ScheduleSite } from '../site.ts';

const minute = 60_000;
/** Without progress for a day nothing will come any more, whatever is configured. */
const mostMinutes = 1440;

/** Ends a job in which nothing has happened for `ckan.harvest.timeout` minutes. @returns whether it did */
export function endIfTimedOut(site: ScheduleSite, jobId: string): Promise<boolean> {
  const minutes = site.config.harvestTimeout || mostMinutes;
  return site.db.transact(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.status !== 'Running') return false;
    const now = site.runtime.now();
    if ((await jobStanding(tx, jobId, now)) === 'paused') {
      // Its time begins anew when it goes on, with quiet hours too, which nobody ends.
      await tx.rows(`UPDATE portolan.harvest_job_state SET resumed = $2 WHERE job_id = $1`, [
        jobId,
        timestamp(now),
      ]);
      return false;
    }
    const [row] = await tx.rows<{ last: string }>(
      `SELECT greatest(coalesce(
         (SELECT max(import_finished) FROM harvest_object WHERE harvest_job_id = $1 AND state = 'COMPLETE'),
         j.gather_finished, (SELECT max(gathered) FROM harvest_object WHERE harvest_job_id = $1), j.created),
         (SELECT resumed FROM portolan.harvest_job_state WHERE job_id = $1)) AS last
       FROM harvest_job j WHERE id = $1`,
      [jobId],
    );
    const last = Date.parse(`${(row?.last ?? job.created).replace(' ', 'T')}Z`);
    if (now - last <= minutes * minute) return false;
    const message = [
      `Job ${jobId} timeout (${minutes} minutes)`,
      `\tJob created: ${spacedTime(job.created)}`,
      `\tJob gather finished: ${spacedTime(job.gather_finished) ?? 'None'}`,
      `\tJob last action time: ${spacedTime(row?.last ?? job.created)}`,
    ].join('\n');
    const at = timestamp(now);
    await addGatherError(tx, { id: site.runtime.id(), jobId, message: `${message}\n`, created: at });
    await tx.rows(
      `UPDATE portolan.harvest_job_state SET gather_token = NULL, cancel_requested = $2 WHERE job_id = $1`,
      [jobId, at],
    );
    await closeRecords(tx, jobId, 'errored');
    await endJob(tx, site, jobId, at);
    return true;
  });
}
