import type { Sql, Tx } from '@portolan/db';
import type { Fields } from './fields.rules.ts';

export interface Overlay {
  field: string;
  /** What people have made of the field here. */
  value: unknown;
  /** What the source has. */
  sourceValue: unknown;
  noticed: string;
  /** When, and in which job, the source last changed under the edit. */
  sourceChanged: string | null;
  jobId: string | null;
}

export async function findBase(sql: Sql, packageId: string): Promise<Fields | undefined> {
  const [row] = await sql.prepared<{ fields: Fields }>(
    'harvest_find_base',
    `SELECT fields FROM portolan.harvest_base WHERE package_id = $1`,
    [packageId],
  );
  return row?.fields;
}

export async function saveBases(
  tx: Tx,
  bases: readonly { packageId: string; objectId: string; fields: Fields }[],
): Promise<void> {
  if (bases.length === 0) return;
  await tx.prepared(
    'harvest_save_bases',
    `INSERT INTO portolan.harvest_base (package_id, object_id, fields)
     SELECT package_id, object_id, fields::jsonb FROM unnest($1::text[], $2::text[], $3::text[]) AS n(package_id, object_id, fields)
     ON CONFLICT (package_id) DO UPDATE SET object_id = excluded.object_id, fields = excluded.fields`,
    [
      bases.map(({ packageId }) => packageId),
      bases.map(({ objectId }) => objectId),
      bases.map(({ fields }) => JSON.stringify(fields)),
    ],
  );
}

export function findOverlays(sql: Sql, packageId: string): Promise<Overlay[]> {
  return sql.prepared<Overlay>(
    'harvest_find_overlays',
    `SELECT field, value, source_value AS "sourceValue", noticed, source_changed AS "sourceChanged", job_id AS "jobId"
     FROM portolan.harvest_overlay WHERE package_id = $1 ORDER BY field`,
    [packageId],
  );
}

/** Replaces the overlays of a dataset. */
export async function saveOverlays(tx: Tx, packageId: string, overlays: readonly Overlay[]): Promise<void> {
  await tx.rows(`DELETE FROM portolan.harvest_overlay WHERE package_id = $1`, [packageId]);
  for (const { field, value, sourceValue, noticed, sourceChanged, jobId } of overlays)
    await tx.rows(
      `INSERT INTO portolan.harvest_overlay (package_id, field, value, source_value, noticed, source_changed, job_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [packageId, field, JSON.stringify(value), JSON.stringify(sourceValue), noticed, sourceChanged, jobId],
    );
}
