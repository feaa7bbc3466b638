import { notFound } from '@portolan/kernel';
import type { WriteCall } from '../action/call.ts';
import { removeFile } from '../resource/files.ts';
import { findDatasetForUpdate } from './find.ts';

/**
 * Rows that go with datasets, by the column that says which; those of resources before the resources. Those of the
 * harvester would go with their datasets by themselves, but one dataset at a time.
 */
const dependants = [
  `DELETE FROM resource_view WHERE resource_id IN (SELECT id FROM resource WHERE package_id = ANY($1))`,
  `DELETE FROM resource WHERE package_id = ANY($1)`,
  `DELETE FROM package_extra WHERE package_id = ANY($1)`,
  `DELETE FROM package_tag WHERE package_id = ANY($1)`,
  `DELETE FROM member WHERE table_name = 'package' AND table_id = ANY($1)`,
  `DELETE FROM package_member WHERE package_id = ANY($1)`,
  `DELETE FROM package_relationship WHERE subject_package_id = ANY($1) OR object_package_id = ANY($1)`,
  `DELETE FROM user_following_dataset WHERE object_id = ANY($1)`,
  `DELETE FROM harvest_object WHERE package_id = ANY($1)`,
  `DELETE FROM package WHERE id = ANY($1)`,
];

const purging = `SELECT set_config('portolan.purging', $1, true)`;

/**
 * Takes a dataset away for good, whatever its state; its activities stay. The files of its resources go after the
 * commit.
 * @param reference id or name
 * @throws PortolanError `notFound`
 */
export async function purgeDataset(call: WriteCall, reference: string): Promise<void> {
  const row = await findDatasetForUpdate(call.sql, reference);
  if (!row) throw notFound('Dataset was not found');
  await purgeRows(call, [row.id]);
}

/**
 * Takes many datasets away like `purgeDataset`, in as many statements as one; ids of none are passed over. They are
 * locked in one order, whoever asks.
 */
export async function purgeDatasets(
  call: Pick<WriteCall, 'site' | 'sql'>,
  ids: readonly string[],
): Promise<void> {
  await call.sql.rows(`SELECT FROM package WHERE id = ANY($1) ORDER BY id FOR UPDATE`, [ids]);
  await purgeRows(call, ids);
}

async function purgeRows(
  { site, sql }: Pick<WriteCall, 'site' | 'sql'>,
  ids: readonly string[],
): Promise<void> {
  const files = await sql.rows<{ key: string }>(
    `DELETE FROM portolan.resource_file
     WHERE resource_id IN (SELECT id FROM resource WHERE package_id = ANY($1)) RETURNING key`,
    [ids],
  );
  // The index and the change feed are told with the datasets' own rows, not with those of each table before them.
  await sql.rows(purging, ['on']);
  for (const statement of dependants) await sql.rows(statement, [ids]);
  await sql.rows(purging, ['off']);
  for (const { key } of files) sql.afterCommit(() => removeFile(site, key));
}
