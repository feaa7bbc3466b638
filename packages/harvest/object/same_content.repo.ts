import type { Tx } from '@portolan/db';
import { batch, inBatches } from './in_batches.ts';

/**
 * Which of these records hold a text with the hash that is given for them, and that hash. Until the transaction ends nobody deletes or
 * changes those that do; one that somebody is at now is left out, so that nobody is waited for.
 */
export async function lockHolders(
  tx: Tx,
  wanted: readonly { id: string; contentHash: string }[],
): Promise<Map<string, string>> {
  if (wanted.length === 0) return new Map();
  const rows = await tx.prepared<{ id: string; hash: string }>(
    'harvest_lock_holders',
    `SELECT o.id, n.hash FROM unnest($1::text[], $2::text[], $3::text[]) AS n(id, hash, hex) JOIN harvest_object o ON o.id = n.id
     WHERE encode(sha256(convert_to(o.content, 'UTF8')), 'hex') = n.hex FOR SHARE OF o SKIP LOCKED`,
    [
      wanted.map(({ id }) => id),
      wanted.map((one) => one.contentHash),
      wanted.map((one) => Buffer.from(one.contentHash, 'base64url').toString('hex')),
    ],
  );
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

/** Notes that records without a text of their own have that of another, which is locked. */
export async function shareContents(
  tx: Tx,
  shared: readonly { id: string; holder: string }[],
): Promise<void> {
  if (shared.length === 0) return;
  await tx.rows(
    `INSERT INTO portolan.harvest_same_content (object_id, holder_id)
     SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT (object_id) DO NOTHING`,
    [shared.map(({ id }) => id), shared.map(({ holder }) => holder)],
  );
}

/**
 * Takes the texts of a job's records away that turned out, once they were fetched, to be those of the records that are
 * current: these hold them.
 */
export const shareFetchedContents = inBatches(shareBatch);

/** @returns where the next batch begins; nothing after the last one */
async function shareBatch(tx: Tx, jobId: string, after: string): Promise<string | undefined> {
  const page = await tx.rows<{ id: string }>(
    `SELECT id FROM harvest_object WHERE harvest_job_id = $1 AND id > $2 AND report_status = 'not modified'
       AND content IS NOT NULL AND current IS NOT TRUE ORDER BY id LIMIT ${batch}`,
    [jobId, after],
  );
  if (page.length === 0) return undefined;
  // Both rows are locked as they are compared: neither is deleted, changed or made current before the commit.
  await tx.rows(
    `WITH same AS MATERIALIZED (
       SELECT o.id, h.id AS holder FROM harvest_object o JOIN harvest_object h ON h.guid = o.guid
         AND h.harvest_source_id = o.harvest_source_id AND h.current AND h.content = o.content
       WHERE o.id = ANY ($1) AND o.current IS NOT TRUE FOR UPDATE OF o SKIP LOCKED FOR SHARE OF h SKIP LOCKED
     ), emptied AS (
       UPDATE harvest_object o SET content = NULL FROM same WHERE o.id = same.id
     )
     INSERT INTO portolan.harvest_same_content (object_id, holder_id) SELECT DISTINCT ON (id) id, holder FROM same
     ON CONFLICT (object_id) DO UPDATE SET holder_id = excluded.holder_id`,
    [page.map(({ id }) => id)],
  );
  return page.length < batch ? undefined : page.at(-1)?.id;
}
