import type { Sql } from '@portolan/db';
import { drivers } from '../drivers.ts';
import type { Source } from '../source/source.repo.ts';

/** Where records of a source stand at the remote, by id; those of which its driver cannot tell are left out. */
export async function originalUrls(
  sql: Sql,
  source: Source | undefined,
  objects: readonly { id: string; guid: string; package_id: string | null }[],
): Promise<Map<string, string>> {
  const driver = drivers.find(({ name }) => name === source?.type);
  if (!source || !driver?.originalUrl || objects.length === 0) return new Map();
  const rows = await sql.rows<{ id: string; extras: Record<string, string> }>(
    // A whole document may stand among the extras; no address is told by it.
    `SELECT harvest_object_id AS id, jsonb_object_agg(key, value) AS extras FROM harvest_object_extra
     WHERE harvest_object_id = ANY ($1) AND key IS NOT NULL AND key <> 'original_document' GROUP BY 1`,
    [objects.map(({ id }) => id)],
  );
  const extras = new Map(rows.map((row) => [row.id, row.extras]));
  const urls = new Map<string, string>();
  for (const { id, guid, package_id: packageId } of objects) {
    const object = { id, guid, content: null, packageId, extras: extras.get(id) ?? {} };
    const url = driver.originalUrl(source, object);
    if (url !== undefined) urls.set(id, url);
  }
  return urls;
}
