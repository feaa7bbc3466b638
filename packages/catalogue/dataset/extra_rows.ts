import type { Sql } from '@portolan/db';
import type { Runtime } from '@portolan/kernel';

/** The extras that a dataset is to have. */
export interface ExtrasOf {
  id: string;
  extras: { key: string; value: string }[];
}

/** Makes these the datasets' extras; rows that say the same already are left alone. New datasets have none. */
export async function writeExtras(
  sql: Sql,
  runtime: Runtime,
  datasets: readonly ExtrasOf[],
  isNew = false,
): Promise<void> {
  const rows = datasets.flatMap(({ id: package_id, extras }) =>
    extras.map((extra) => ({ ...extra, package_id, id: runtime.id() })),
  );
  if (!isNew)
    await sql.prepared(
      'remove_extras',
      `DELETE FROM package_extra e WHERE package_id = ANY($1) AND NOT EXISTS (
       SELECT FROM jsonb_to_recordset($2::jsonb) AS g(package_id text, key text, value text)
       WHERE g.package_id = e.package_id AND g.key = e.key AND g.value = e.value AND e.state = 'active')`,
      [datasets.map(({ id }) => id), JSON.stringify(rows)],
    );
  if (rows.length === 0) return;
  // Arrays are taken for ten rows and a list in JSON for a hundred, for which PostgreSQL would read all extras there are.
  await sql.prepared(
    'add_extras',
    `INSERT INTO package_extra (id, package_id, key, value, state)
     SELECT g.id, g.package_id, g.key, g.value, 'active'
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS g(id, package_id, key, value)
     WHERE NOT EXISTS (SELECT FROM package_extra e WHERE e.package_id = g.package_id AND e.key = g.key)`,
    [
      rows.map(({ id }) => id),
      rows.map(({ package_id }) => package_id),
      rows.map(({ key }) => key),
      rows.map(({ value }) => value),
    ],
  );
}
