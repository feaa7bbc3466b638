import { timestamp } from '@portolan/kernel';
import { addGatherError } from '../job/job.repo.ts';
import { logOf } from '../log/parts.ts';
import type { HarvestSite } from '../site.ts';
import { parsedConfig, type Source } from '../source/source.repo.ts';
import { ensureOurs, type Gathering, GatherStopped } from './batch.ts';
import { planDeletions } from './deletions.ts';
import type { Completeness } from './list.ts';

/** The end of a listing that was read to its end. */
export function closeListing(
  site: HarvestSite,
  gathering: Gathering,
  source: Source,
  outcome: Completeness,
): Promise<void> {
  return site.db.transact(async (tx) => {
    await ensureOurs(tx, gathering);
    const now = timestamp(site.runtime.now());
    const errors = await tx.rows(`SELECT FROM harvest_gather_error WHERE harvest_job_id = $1 LIMIT 1`, [
      gathering.jobId,
    ]);
    if (outcome.deleteMissing && errors.length === 0)
      await planDeletions(tx, site, gathering, now, parsedConfig(source)['deletion_guard'] !== false);
    await tx.rows(
      `UPDATE portolan.harvest_job_state SET gather_complete = true, gather_cursor = NULL, when_read = $2 WHERE job_id = $1`,
      [gathering.jobId, outcome.onceRead ? JSON.stringify(outcome.onceRead) : null],
    );
    await tx.rows(`UPDATE harvest_job SET gather_finished = $2 WHERE id = $1`, [gathering.jobId, now]);
    await site.enqueue(tx, 'harvest.import', gathering.jobId);
    tx.afterCommit(() =>
      logOf(site.logger, 'harvesters').info(
        { job: gathering.jobId, source: source.id, records: outcome.records },
        'gathering is over',
      ),
    );
  });
}

/** The end of a listing that broke off: what it had listed goes, so nothing of it is applied. */
export async function failListing(site: HarvestSite, gathering: Gathering, message: string): Promise<void> {
  try {
    await site.db.transact(async (tx) => {
      await ensureOurs(tx, gathering);
      const now = timestamp(site.runtime.now());
      await addGatherError(tx, { id: site.runtime.id(), jobId: gathering.jobId, message, created: now });
      await tx.rows(
        `DELETE FROM harvest_object WHERE harvest_job_id = $1 AND state = 'WAITING' AND id IN (
           SELECT object_id FROM portolan.harvest_work WHERE job_id = $1 AND claimed_by IS NULL)`,
        [gathering.jobId],
      );
      await tx.rows(`UPDATE harvest_job SET gather_finished = $2 WHERE id = $1`, [gathering.jobId, now]);
    });
  } catch (error) {
    if (!(error instanceof GatherStopped)) throw error;
  }
}
