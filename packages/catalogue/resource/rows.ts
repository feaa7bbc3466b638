import type { Sql } from '@portolan/db';
import type { StoredResource } from '../dataset/load.ts';
import type { ResourcePlan } from './plan.rules.ts';

const columns = [
  'id',
  'package_id',
  'url',
  'format',
  'description',
  '"position"',
  'hash',
  'state',
  'extras',
  'name',
  'resource_type',
  'mimetype',
  'mimetype_inner',
  'size',
  'last_modified',
  'cache_url',
  'cache_last_updated',
  'created',
  'url_type',
  'metadata_modified',
];

/** What is to become of a dataset's resources. */
export interface PlanOf {
  id: string;
  plan: ResourcePlan;
}

/**
 * Carries out plans. Resources that were deleted before are gone for good now; those that a plan removes are marked as
 * deleted and lose their views.
 */
export async function writeResources(sql: Sql, datasets: readonly PlanOf[], isNew = false): Promise<void> {
  const ids = datasets.map(({ id }) => id);
  const written = datasets.flatMap(({ plan }) => plan.write);
  const removed = datasets.flatMap(({ plan }) => plan.remove);
  if (!isNew)
    await sql.prepared(
      'purge_deleted_resources',
      `DELETE FROM resource WHERE package_id = ANY($1) AND state = 'deleted' AND id <> ALL($2)`,
      [ids, written.map(({ id }) => id)],
    );
  if (removed.length > 0)
    await sql.prepared(
      'delete_resources',
      `WITH views AS (DELETE FROM resource_view WHERE resource_id = ANY($2))
       UPDATE resource SET state = 'deleted' WHERE package_id = ANY($1) AND id = ANY($2)`,
      [ids, removed],
    );
  await insertResources(sql, written);
}

/** Writes rows, those that are there already in their place. */
export async function insertResources(sql: Sql, rows: StoredResource[]): Promise<void> {
  if (rows.length === 0) return;
  const updates = columns
    .filter((column) => column !== 'id')
    .map((column) => `${column} = excluded.${column}`);
  await sql.prepared(
    'write_resources',
    `INSERT INTO resource (${columns})
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::resource, $1::jsonb)
     ON CONFLICT (id) DO UPDATE SET ${updates}`,
    [JSON.stringify(rows)],
  );
}
