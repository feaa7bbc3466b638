import { auditedCall, noteAudit } from '@portolan/catalogue';
import { logOf } from '../log/parts.ts';
import type { HarvestSite, JobRun } from '../site.ts';
import { freezeSource } from '../source/freeze.ts';
import type { Source } from '../source/source.repo.ts';

/** A job of which nothing came, though no operator ended it: `failed` in the words of the source's health. */
const failed = `
  NOT EXISTS (SELECT FROM harvest_object o WHERE o.harvest_job_id = j.id AND o.state <> 'ERROR')
  AND (EXISTS (SELECT FROM harvest_gather_error e WHERE e.harvest_job_id = j.id)
    OR EXISTS (SELECT FROM harvest_object o WHERE o.harvest_job_id = j.id))
  AND NOT EXISTS (SELECT FROM portolan.harvest_job_state t WHERE t.job_id = j.id AND t.held_deletions > 0)`;

/**
 * Freezes a source whose last `portolan.harvest.autofreeze_failures` jobs have all failed, counted from its last
 * unfreezing. @returns whether it did
 */
export function freezeIfFailing(site: HarvestSite, run: JobRun, source: Source): Promise<boolean> {
  const most = site.config.harvestAutofreeze;
  if (most === 0) return Promise.resolve(false);
  return site.db.transact(async (tx) => {
    await run.fence(tx);
    const [state] = await tx.rows<{ frozen: boolean }>(
      `SELECT frozen FROM portolan.harvest_source_state WHERE source_id = $1 FOR UPDATE`,
      [source.id],
    );
    if (state?.frozen) return false;
    // A job that was aborted, before it had begun or later, says nothing about the source.
    const [row] = await tx.rows<{ failures: number }>(
      `SELECT count(*) FILTER (WHERE ${failed}) AS failures FROM (
         SELECT j.id FROM harvest_job j LEFT JOIN portolan.harvest_source_state s ON s.source_id = j.source_id
         WHERE j.source_id = $1 AND j.status = 'Finished' AND j.finished IS NOT NULL
           AND NOT EXISTS (SELECT FROM portolan.harvest_job_state t
                           WHERE t.job_id = j.id AND t.cancel_requested IS NOT NULL AND t.told IS NULL)
           AND j.created > coalesce(s.unfrozen, '-infinity')
         ORDER BY j.created DESC LIMIT $2) AS j`,
      [source.id, most],
    );
    if (!row || row.failures < most) return false;
    const reason = frozenReason(most);
    await freezeSource(tx, source.id, reason);
    const call = auditedCall(
      'harvest_source_freeze',
      { via: 'harvester', user: undefined },
      { id: source.id, reason },
    );
    await noteAudit(tx, call, 'done');
    tx.afterCommit(() =>
      logOf(site.logger, 'queue').warn(
        { source: source.id, failures: most },
        'a source that keeps failing is frozen',
      ),
    );
    return true;
  });
}

export const frozenReason = (failures: number): string =>
  `${failures} job${failures === 1 ? '' : 's'} in a row failed`;
