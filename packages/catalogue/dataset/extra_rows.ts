import type { Sql } from '@portolan/db';
import type { Runtime } from '@portolan/kernel';

/** Makes these the dataset's extras; rows that say the same already are left alone. A new dataset has none. */
export async function writeExtras(
  sql: Sql,
  runtime: Runtime,
  id: string,
  extras: { key: string; value: string }[],
  isNew = false,
): Promise<void> {
  const given = JSON.stringify(extras.map((extra) => ({ ...extra, id: runtime.id() })));
  if (!isNew)
    await sql.prepared(
      'remove_extras',
      `DELETE FROM package_extra e WHERE package_id = $1 AND NOT EXISTS (
       SELECT FROM jsonb_to_recordset($2::jsonb) AS g(key text, value text)
       WHERE g.key = e.key AND g.value = e.value AND e.state = 'active')`,
      [id, given],
    );
  if (extras.length === 0) return;
  await sql.prepared(
    'add_extras',
    `INSERT INTO package_extra (id, package_id, key, value, state)
     SELECT g.id, $1, g.key, g.value, 'active' FROM jsonb_to_recordset($2::jsonb) AS g(id text, key text, value text)
     WHERE NOT EXISTS (SELECT FROM package_extra e WHERE e.package_id = $1 AND e.key = g.key)`,
    [id, given],
  );
}
