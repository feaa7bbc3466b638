import { notFound } from '@portolan/kernel';
import type { WriteCall } from '../action/call.ts';
import { removeFile } from '../resource/files.ts';
import { findDatasetForUpdate } from './find.ts';

/** Rows that go with a dataset, by the column that says which; those of resources before the resources. */
const dependants = [
  `DELETE FROM resource_view WHERE resource_id IN (SELECT id FROM resource WHERE package_id = $1)`,
  `DELETE FROM resource WHERE package_id = $1`,
  `DELETE FROM package_extra WHERE package_id = $1`,
  `DELETE FROM package_tag WHERE package_id = $1`,
  `DELETE FROM member WHERE table_name = 'package' AND table_id = $1`,
  `DELETE FROM package_member WHERE package_id = $1`,
  `DELETE FROM package_relationship WHERE subject_package_id = $1 OR object_package_id = $1`,
  `DELETE FROM user_following_dataset WHERE object_id = $1`,
  `DELETE FROM package WHERE id = $1`,
];

/**
 * Takes a dataset away for good, whatever its state; its activities stay. The files of its resources go after the
 * commit.
 * @param reference id or name
 * @throws PortolanError `notFound`
 */
export async function purgeDataset(call: WriteCall, reference: string): Promise<void> {
  const row = await findDatasetForUpdate(call.sql, reference);
  if (!row) throw notFound('Dataset was not found');
  const files = await call.sql.rows<{ key: string }>(
    `DELETE FROM portolan.resource_file WHERE resource_id IN (SELECT id FROM resource WHERE package_id = $1)
     RETURNING key`,
    [row.id],
  );
  for (const statement of dependants) await call.sql.rows(statement, [row.id]);
  for (const { key } of files) call.sql.afterCommit(() => removeFile(call.site, key));
}
