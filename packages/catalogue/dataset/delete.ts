import { notFound } from '@portolan/kernel';
import type { WriteCall } from '../action/call.ts';
import { datasetType } from './dataset_types.ts';
import { findDatasetForUpdate } from './find.ts';
import { finishDatasets } from './finish.ts';

/**
 * Marks a dataset as deleted, in the caller's transaction: it leaves its groups, when it is named by its id, and its
 * collaborators leave it. Its `metadata_modified` stays. Deleting it again succeeds.
 * @param reference id or name
 * @throws PortolanError `notFound`
 */
export async function deleteDataset(call: WriteCall, reference: string): Promise<void> {
  const row = await findDatasetForUpdate(call.sql, reference);
  if (!row) throw notFound();
  // CKAN looks for memberships of what the caller wrote, so they stay when that is the name; nobody sees the dataset
  // in its groups all the same, and it comes back into them.
  await markDeleted(call, [row], { leaveGroups: reference === row.id });
}

/**
 * Marks datasets as deleted, in as many statements for a hundred as for one.
 * @param ids no two the same; one of none is passed over
 */
export async function deleteDatasets(call: WriteCall, ids: readonly string[]): Promise<void> {
  const rows = await call.sql.prepared<{ id: string; type: string | null }>(
    'lock_datasets_to_delete',
    'SELECT id, type FROM package WHERE id = ANY($1) ORDER BY id FOR UPDATE',
    [ids],
  );
  if (rows.length > 0) await markDeleted(call, rows, { leaveGroups: true });
}

async function markDeleted(
  call: WriteCall,
  rows: readonly { id: string; type: string | null }[],
  { leaveGroups }: { leaveGroups: boolean },
): Promise<void> {
  const { sql } = call;
  const ids = rows.map(({ id }) => id);
  await sql.prepared('delete_datasets', `UPDATE package SET state = 'deleted' WHERE id = ANY($1)`, [ids]);
  if (leaveGroups)
    await sql.prepared(
      'delete_memberships',
      `UPDATE member SET state = 'deleted' WHERE table_name = 'package' AND table_id = ANY($1) AND state <> 'deleted'`,
      [ids],
    );
  await sql.prepared('remove_collaborators', 'DELETE FROM package_member WHERE package_id = ANY($1)', [ids]);
  for (const { id, type } of rows) await datasetType(type)?.deleted(call, id);
  await finishDatasets(call, ids, 'deleted');
}
