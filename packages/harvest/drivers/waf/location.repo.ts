import type { Sql } from '@portolan/db';

/** The source's current records at these addresses. */
export async function currentLocations(
  sql: Sql,
  sourceId: string,
  urls: string[],
): Promise<Map<string, { guid: string; modified: string | null }>> {
  const rows = await sql.rows<{ guid: string; url: string; modified: string | null }>(
    `SELECT o.guid, l.value AS url, d.value AS modified FROM harvest_object o
     JOIN harvest_object_extra l ON l.harvest_object_id = o.id AND l.key = 'waf_location'
     LEFT JOIN harvest_object_extra d ON d.harvest_object_id = o.id AND d.key = 'waf_modified_date'
     WHERE o.harvest_source_id = $1 AND o.current AND l.value = ANY ($2)`,
    [sourceId, urls],
  );
  return new Map(rows.map(({ url, guid, modified }) => [url, { guid, modified }]));
}
