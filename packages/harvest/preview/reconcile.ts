import { previewJob } from '../jobs.table.ts';
import type { ScheduleSite } from '../site.ts';
import { closePreview } from './preview.repo.ts';

/**
 * Ends previews that the queue has given up, as when they kill each process that tries, and asks again for those that it
 * knows nothing of.
 */
export async function reconcilePreviews(site: ScheduleSite): Promise<void> {
  await site.db.transact(async (tx) => {
    const stranded = await tx.rows<{ id: string; failed: boolean; error: string | null }>(
      `SELECT v.id, coalesce(j.state = 'failed', false) AS failed, j.error FROM portolan.harvest_preview v
       LEFT JOIN LATERAL (SELECT state, error FROM portolan.job WHERE name = $1 AND key = v.id ORDER BY id DESC LIMIT 1) j ON true
       WHERE v.state IN ('waiting', 'running') AND coalesce(j.state NOT IN ('waiting', 'active'), true)
       FOR UPDATE OF v SKIP LOCKED`,
      [previewJob.name],
    );
    for (const { id, failed, error } of stranded)
      if (failed)
        await closePreview(tx, id, {
          state: 'failed',
          now: site.runtime.now(),
          error: `Given up after ${previewJob.maxAttempts} attempts: ${error ?? 'unknown reason'}`,
        });
      else await site.enqueue(tx, 'harvest.preview', id);
  });
}
