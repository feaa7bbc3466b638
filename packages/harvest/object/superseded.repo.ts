import type { Tx } from '@portolan/db';
import { batch, inBatches } from './in_batches.ts';

/**
 * Takes their texts away from earlier records that one of the job has replaced with the very same text, as kinds of
 * sources do that write every record at every run: the one that is current now holds it for all of them.
 */
export const shareSupersededContents = inBatches(shareBatch);

/** @returns where the next batch begins; nothing after the last one */
async function shareBatch(tx: Tx, jobId: string, after: string): Promise<string | undefined> {
  const page = await tx.rows<{ id: string }>(
    `SELECT id FROM harvest_object WHERE harvest_job_id = $1 AND id > $2 AND report_status = 'updated'
       AND content IS NOT NULL AND current ORDER BY id LIMIT ${batch}`,
    [jobId, after],
  );
  if (page.length === 0) return undefined;
  // Those that named the earlier record as their holder name the current one before the earlier has lost its text:
  // none of them inherits it.
  await tx.rows(
    `WITH same AS MATERIALIZED (
       SELECT o.id, h.id AS holder FROM harvest_object h JOIN harvest_object o ON o.guid = h.guid
         AND o.harvest_source_id = h.harvest_source_id AND o.id <> h.id AND o.content = h.content
       WHERE h.id = ANY ($1) AND h.current AND o.current IS NOT TRUE AND o.state IN ('COMPLETE', 'ERROR')
       FOR UPDATE OF o SKIP LOCKED FOR SHARE OF h SKIP LOCKED
     ), moved AS (
       UPDATE portolan.harvest_same_content s SET holder_id = same.holder FROM same WHERE s.holder_id = same.id
     ), emptied AS (
       UPDATE harvest_object o SET content = NULL FROM same WHERE o.id = same.id
     )
     INSERT INTO portolan.harvest_same_content (object_id, holder_id) SELECT DISTINCT ON (id) id, holder FROM same
     ON CONFLICT (object_id) DO UPDATE SET holder_id = excluded.holder_id`,
    [page.map(({ id }) => id)],
  );
  return page.length < batch ? undefined : page.at(-1)?.id;
}
