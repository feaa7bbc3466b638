import type { Tx } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import { lockJob } from '../job/job.repo.ts';
import { jobStanding } from '../job/standing.ts';
import { logOf } from '../log/parts.ts';
import { reclaimOpenRecords } from '../object/open_records.ts';
import type { ScheduleSite } from '../site.ts';

/**
 * Compares an open job with what is being done about it and asks the queue for what is missing. Asking once
 * too often is harmless. Also adopts records that CKAN's own workers left open.
 */
export async function reconcileJob(site: ScheduleSite, jobId: string): Promise<void> {
  await site.db.transact(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.status !== 'Running') return;
    if ((await jobStanding(tx, jobId, site.runtime.now())) === 'paused') return;
    const stale = timestamp(site.runtime.now() - site.config.harvestStalledAfter * 1000);
    await reclaimOpenRecords(tx, jobId);
    if (job.gather_finished === null) {
      // Also one that nobody has taken up since it last had to wait.
      const silent = await tx.rows(
        `SELECT FROM portolan.harvest_job_state t, harvest_job j
         WHERE t.job_id = $1 AND j.id = $1
           AND (coalesce(t.heartbeat, j.created) < $2 OR coalesce(t.heartbeat, j.created) < t.resumed)`,
        [jobId, stale],
      );
      if (silent.length > 0) await askAgain(tx, site, 'harvest.gather', jobId);
      return; // Nothing is imported before that.
    }
    const waiting = await tx.rows(
      `SELECT FROM portolan.harvest_work WHERE job_id = $1 AND (claimed_by IS NULL OR heartbeat < $2) LIMIT 1`,
      [jobId, stale],
    );
    if (waiting.length > 0) await askAgain(tx, site, 'harvest.import', jobId);
  });
}

async function askAgain(
  tx: Tx,
  site: ScheduleSite,
  work: 'harvest.gather' | 'harvest.import',
  jobId: string,
): Promise<void> {
  await site.enqueue(tx, work, jobId);
  tx.afterCommit(() => logOf(site.logger, 'queue').debug({ job: jobId, work }, 'work is asked for again'));
}
