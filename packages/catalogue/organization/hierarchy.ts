import type { Sql } from '@portolan/db';

/** How far CKAN walks the hierarchy. */
const deepest = 8;

/** Ids of everything below a group, itself included. Source: CKAN `Group.get_children_group_hierarchy`. */
export async function descendants(sql: Sql, id: string): Promise<string[]> {
  const rows = await sql.prepared<{ id: string }>(
    'descendants_of_group',
    `WITH RECURSIVE below(id, depth) AS (
       SELECT $1::text, 0
       UNION
       SELECT m.group_id, b.depth + 1 FROM below b
       JOIN member m ON m.table_id = b.id AND m.table_name = 'group' AND m.state = 'active'
       JOIN "group" g ON g.id = m.group_id AND g.state = 'active'
       WHERE b.depth < $2)
     SELECT DISTINCT id FROM below`,
    [id, deepest],
  );
  return rows.map((row) => row.id);
}
