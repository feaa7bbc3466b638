import type { Sql } from '@portolan/db';
import { spacedTime } from '../job/job.presenter.ts';

const times = [
  'gathered',
  'fetch_started',
  'fetch_finished',
  'import_started',
  'import_finished',
  'metadata_modified_date',
];

type Row = Record<string, unknown> & { id: string; package_id: string | null };

const columns = `id, guid, current, gathered, fetch_started, coalesce(content, portolan.harvest_content(id)) AS content, fetch_finished, import_started, import_finished, state,
  metadata_modified_date, retry_times, harvest_job_id, harvest_source_id, package_id, report_status`;

/** Columns that a client may look a record up by. */
const attributes = [
  'id',
  'guid',
  'harvest_job_id',
  'harvest_source_id',
  'package_id',
  'state',
  'report_status',
] as const;
export type ObjectAttribute = (typeof attributes)[number];
export const isObjectAttribute = (name: unknown): name is ObjectAttribute =>
  attributes.includes(name as ObjectAttribute);

/** A record as harvest_object_show answers it; the first when several have the value. */
export async function showObject(
  sql: Sql,
  attribute: ObjectAttribute,
  value: string,
): Promise<Record<string, unknown> | undefined> {
  // The attribute is one of the table above, so it can stand in the statement.
  const rows = await sql.rows<Row>(
    `SELECT ${columns} FROM harvest_object WHERE ${attribute} = $1 ORDER BY gathered, id LIMIT 1`,
    [value],
  );
  return rows[0] && present(sql, rows[0]);
}

/** The record that is current for a dataset. */
export async function showCurrentObject(
  sql: Sql,
  packageId: string,
): Promise<Record<string, unknown> | undefined> {
  const rows = await sql.rows<Row>(
    `SELECT ${columns} FROM harvest_object WHERE package_id = $1 AND current ORDER BY import_finished DESC NULLS LAST LIMIT 1`,
    [packageId],
  );
  return rows[0] && present(sql, rows[0]);
}

async function present(sql: Sql, row: Row): Promise<Record<string, unknown>> {
  const errors = await sql.rows<Record<string, unknown> & { created: string | null }>(
    `SELECT id, harvest_object_id, message, stage, line, created FROM harvest_object_error WHERE harvest_object_id = $1 ORDER BY created, id`,
    [row.id],
  );
  const extras = await sql.rows<{ key: string; value: string }>(
    `SELECT key, value FROM harvest_object_extra WHERE harvest_object_id = $1`,
    [row.id],
  );
  const dict: Record<string, unknown> = { ...row };
  for (const time of times) dict[time] = spacedTime(row[time] as string | null);
  dict['source'] = row['harvest_source_id'];
  dict['job'] = row['harvest_job_id'];
  if (row.package_id !== null) dict['package'] = row.package_id;
  dict['errors'] = errors.map((error) => ({ ...error, created: spacedTime(error.created) }));
  dict['extras'] = Object.fromEntries(extras.map(({ key, value }) => [key, value]));
  return dict;
}
