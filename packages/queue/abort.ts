import type { Tx } from '@portolan/db';
import type { Job } from './job.ts';

const abort = `
  WITH stopped AS (
    UPDATE portolan.job
    SET abort_requested = true,
        state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END,
        finished = CASE state WHEN 'waiting' THEN clock_timestamp() END
    WHERE name = $1 AND key = $2 AND state IN ('waiting', 'active')
    RETURNING id
  )
  SELECT count(*)::integer AS count, pg_notify('portolan_job_abort', '') FROM stopped`;

/**
 * Stops the jobs of this name and key once the transaction is committed: those that wait are cancelled, those
 * that run get their signal and are cancelled when they stop. @returns how many there were.
 */
export async function requestAbort(tx: Tx, job: Pick<Job, 'name'>, key: string): Promise<number> {
  const [row] = await tx.prepared<{ count: number }>('queue_abort', abort, [job.name, key]);
  return row!.count;
}
