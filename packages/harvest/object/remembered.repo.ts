import type { Tx } from '@portolan/db';

/** Records that are current no more: one by its id, or whichever is of a dataset but for one. */
export async function retire(
  tx: Tx,
  retired: readonly ({ id: string } | { packageId: string; except: string })[],
): Promise<void> {
  const byDataset = retired.filter((one) => 'packageId' in one);
  if (byDataset.length > 0)
    await tx.rows(
      `UPDATE harvest_object o SET current = false FROM unnest($1::text[], $2::text[]) AS n(package_id, spared)
       WHERE o.package_id = n.package_id AND o.current AND o.id <> n.spared`,
      [byDataset.map(({ packageId }) => packageId), byDataset.map(({ except }) => except)],
    );
  const ids = retired.flatMap((one) => ('id' in one ? [one.id] : []));
  if (ids.length > 0) await tx.rows(`UPDATE harvest_object SET current = false WHERE id = ANY ($1)`, [ids]);
}

/** What the content of a record was when it was imported: the next listing is compared with it. */
export async function rememberContents(
  tx: Tx,
  records: readonly {
    id: string;
    contentHash: string;
    remoteModified: string | undefined;
    /** Left as it is without one. */
    reason: string | undefined;
  }[],
): Promise<void> {
  if (records.length === 0) return;
  await tx.prepared(
    'harvest_remember_contents',
    `INSERT INTO portolan.harvest_object_state AS s (object_id, content_hash, remote_modified, reason)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
     ON CONFLICT (object_id) DO UPDATE SET content_hash = excluded.content_hash,
       remote_modified = excluded.remote_modified, reason = coalesce(excluded.reason, s.reason)`,
    [
      records.map(({ id }) => id),
      records.map((one) => one.contentHash),
      records.map(({ remoteModified }) => remoteModified ?? null),
      records.map(({ reason }) => reason ?? null),
    ],
  );
}
