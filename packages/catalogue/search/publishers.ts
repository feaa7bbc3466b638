import type { Sql } from '@portolan/db';

/** Site under which data.gov.uk's index keeps its publishers. */
export const publishersSite = 'dgu_organisations_2';

/**
 * Publishers as data.gov.uk's index has them beside the datasets, read from their rows: a change is seen at once and
 * nothing has to be indexed.
 */
export async function publisherFields(sql: Sql): Promise<Record<string, string[]>[]> {
  const rows = await sql.prepared<{
    id: string;
    name: string;
    title: string | null;
    extras: [string, string][];
  }>(
    'publisher_fields',
    `SELECT g.id, g.name, g.title,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(e.key, e.value) ORDER BY e.key), '[]') FROM group_extra e
          WHERE e.group_id = g.id AND e.state = 'active' AND e.value <> '') AS extras
     FROM "group" g WHERE g.is_organization AND g.state = 'active' ORDER BY g.name`,
    [],
  );
  return rows.map(({ id, name, title, extras }) => ({
    site_id: [publishersSite],
    id: [id],
    name: [name],
    title: [title || name],
    ...Object.fromEntries(extras.map(([key, value]) => [`extras_${key}`, [value]])),
  }));
}
