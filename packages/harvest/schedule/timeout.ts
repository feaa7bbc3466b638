import type { Tx } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import { closeRecords, endJob } from '../job/finish.ts';
import { spacedTime } from '../job/job.presenter.ts';
import { addGatherError, type JobRow, lockJob } from '../job/job.repo.ts';
import { jobStanding } from '../job/standing.ts';
import { logOf } from '../log/parts.ts';
import type { ScheduleSite } from '../site.ts';

const minute = 60_000;

/**
 * Ends a job in which nothing has happened for `ckan.harvest.timeout` minutes, or which has run for longer than
 * `portolan.harvest.job.max_minutes`. Time in which it waits, or the site is read-only, does not count: either clock
 * begins anew when it goes on. @returns whether it did
 */
export function endIfTimedOut(site: ScheduleSite, jobId: string): Promise<boolean> {
  return site.db.transact(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.status !== 'Running') return false;
    const now = site.runtime.now();
    if ((await jobStanding(tx, jobId, now)) === 'paused') {
      // With quiet hours too, which nobody ends.
      await tx.rows(`UPDATE portolan.harvest_job_state SET resumed = $2 WHERE job_id = $1`, [
        jobId,
        timestamp(now),
      ]);
      return false;
    }
    const message = overdue(site, job, await clocks(tx, job), now);
    if (message === undefined) return false;
    tx.afterCommit(() =>
      logOf(site.logger, 'queue').warn({ job: jobId, source: job.source_id }, `Job timeout: ${message}`),
    );
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

interface Clocks {
  /** When the job began, or went on after it had to wait. */
  begun: string;
  /** When something last happened. */
  last: string;
}

async function clocks(tx: Tx, job: JobRow): Promise<Clocks> {
  const [row] = await tx.rows<Clocks>(
    `WITH going AS (SELECT greatest(t.resumed, c.reopened AT TIME ZONE 'UTC') AS on
                    FROM portolan.control c LEFT JOIN portolan.harvest_job_state t ON t.job_id = $1)
     SELECT greatest(j.created, going.on) AS begun, greatest(coalesce(
       (SELECT max(import_finished) FROM harvest_object WHERE harvest_job_id = $1 AND state = 'COMPLETE'),
       j.gather_finished, (SELECT max(gathered) FROM harvest_object WHERE harvest_job_id = $1), j.created), going.on) AS last
     FROM harvest_job j, going WHERE j.id = $1`,
    [job.id],
  );
  return row ?? { begun: job.created, last: job.created };
}

/** What the job's report says of its end; nothing while it may go on. */
function overdue(
  { config }: ScheduleSite,
  job: JobRow,
  { begun, last }: Clocks,
  now: number,
): string | undefined {
  const idle = config.harvestTimeout;
  if (idle > 0 && now - epoch(last) > idle * minute)
    return [
      `Job ${job.id} timeout (${idle} minutes)`,
      `\tJob created: ${spacedTime(job.created)}`,
      `\tJob gather finished: ${spacedTime(job.gather_finished) ?? 'None'}`,
      `\tJob last action time: ${spacedTime(last)}`,
    ].join('\n');
  if (now - epoch(begun) > config.harvestMaxMinutes * minute)
    return `Job ${job.id} has run for more than ${config.harvestMaxMinutes} minutes (portolan.harvest.job.max_minutes) and was ended; it can be resumed within a day`;
  return undefined;
}

const epoch = (at: string): number => Date.parse(`${at.replace(' ', 'T')}Z`);
