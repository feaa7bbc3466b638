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

/** What the source had when datasets were last harvested, by dataset. */
export async function findBases(sql: Sql, packageIds: readonly string[]): Promise<Map<string, Fields>> {
  const rows = await sql.prepared<{ id: string; fields: Fields }>(
    'harvest_find_bases',
    `SELECT package_id AS id, fields FROM portolan.harvest_base WHERE package_id = ANY ($1)`,
    [packageIds],
  );
  return new Map(rows.map(({ id, fields }) => [id, fields]));
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

/** Edits of a dataset, in the order of the fields. */
export const findOverlays = async (sql: Sql, packageId: string): Promise<Overlay[]> =>
  (await findOverlaysOf(sql, [packageId])).get(packageId) ?? [];

/** Like `findOverlays`, of several datasets. */
export async function findOverlaysOf(
  sql: Sql,
  packageIds: readonly string[],
): Promise<Map<string, Overlay[]>> {
  const rows = await sql.prepared<Overlay & { id: string }>(
    'harvest_find_overlays',
    `SELECT package_id AS id, field, value, source_value AS "sourceValue", noticed, source_changed AS "sourceChanged",
       job_id AS "jobId" FROM portolan.harvest_overlay WHERE package_id = ANY ($1) ORDER BY field`,
    [packageIds],
  );
  const overlays = rows.map(({ id, ...overlay }) => [id, overlay] as const);
  const byDataset = Map.groupBy(overlays, ([id]) => id);
  return new Map([...byDataset].map(([id, some]) => [id, some.map(([, overlay]) => overlay)]));
}

/** Replaces the overlays of datasets. */
export async function saveOverlays(
  tx: Tx,
  datasets: readonly { id: string; overlays: readonly Overlay[] }[],
): Promise<void> {
  if (datasets.length === 0) return;
  await tx.rows(`DELETE FROM portolan.harvest_overlay WHERE package_id = ANY ($1)`, [
    datasets.map(({ id }) => id),
  ]);
  const rows = datasets.flatMap(({ id, overlays }) => overlays.map((overlay) => ({ ...overlay, id })));
  if (rows.length === 0) return;
  await tx.rows(
    `INSERT INTO portolan.harvest_overlay (package_id, field, value, source_value, noticed, source_changed, job_id)
     SELECT id, field, value::jsonb, source_value::jsonb, noticed, source_changed, job_id
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamp[], $6::timestamp[], $7::text[])
       AS n(id, field, value, source_value, noticed, source_changed, job_id)`,
    [
      rows.map(({ id }) => id),
      rows.map(({ field }) => field),
      rows.map(({ value }) => JSON.stringify(value)),
      rows.map(({ sourceValue }) => JSON.stringify(sourceValue)),
      rows.map(({ noticed }) => noticed),
      rows.map(({ sourceChanged }) => sourceChanged),
      rows.map(({ jobId }) => jobId),
    ],
  );
}
