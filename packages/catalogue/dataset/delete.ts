import { notFound } from '@portolan/kernel';
import type { WriteCall } from '../action/call.ts';
import { datasetType } from './dataset_types.ts';
import { findDatasetForUpdate } from './find.ts';
import { finishDataset } from './finish.ts';

/**
 * Marks a dataset as deleted, in the caller's transaction: it leaves its groups, when it is named by its id, and its
 * collaborators leave it. Its `metadata_modified` stays. Deleting it again succeeds.
 * @param reference id or name
 * @throws PortolanError `notFound`
 */
export async function deleteDataset(call: WriteCall, reference: string): Promise<void> {
  const row = await findDatasetForUpdate(call.sql, reference);
  if (!row) throw notFound();
  const { sql } = call;
  await sql.prepared('delete_dataset', `UPDATE package SET state = 'deleted' WHERE id = $1`, [row.id]);
  // CKAN looks for memberships of what the caller wrote, so they stay when that is the name; nobody sees the dataset
  // in its groups all the same, and it comes back into them.
  if (reference === row.id)
    await sql.prepared(
      'delete_memberships',
      `UPDATE member SET state = 'deleted' WHERE table_name = 'package' AND table_id = $1 AND state <> 'deleted'`,
      [row.id],
    );
  await sql.prepared('remove_collaborators', 'DELETE FROM package_member WHERE package_id = $1', [row.id]);
  await datasetType(row.type)?.deleted(call, row.id);
  await finishDataset(call, row.id, 'deleted');
}
