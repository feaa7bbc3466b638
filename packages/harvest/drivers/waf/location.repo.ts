import type { Sql } from '@portolan/db';

/**
 * The source's current records at these addresses, the last one that came from each.
 * @param key of the extra that tells the address
 */
export async function currentLocations(
  sql: Sql,
  sourceId: string,
  urls: string[],
  key = 'waf_location',
): Promise<Map<string, { guid: string; modified: string | null }>> {
  const rows = await sql.rows<{ guid: string; url: string; modified: string | null }>(
    `SELECT o.guid, l.value AS url, d.value AS modified FROM harvest_object o
     JOIN harvest_object_extra l ON l.harvest_object_id = o.id AND l.key = $3
     LEFT JOIN harvest_object_extra d ON d.harvest_object_id = o.id AND d.key = 'waf_modified_date'
     WHERE o.harvest_source_id = $1 AND o.current AND l.value = ANY ($2) ORDER BY o.import_finished NULLS FIRST`,
    [sourceId, urls, key],
  );
  return new Map(rows.map(({ url, guid, modified }) => [url, { guid, modified }]));
}
