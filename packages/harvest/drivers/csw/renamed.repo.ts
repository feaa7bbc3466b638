import type { Sql } from '@portolan/db';
import type { GatherContext, RecordDescriptor } from '../../driver.ts';
import type { ListedRecord } from './responses.ts';

/** Extra of a record whose own identifier, which became its GUID, is not the one that the listing has for it. */
export const listedAs = 'csw_identifier';

/**
 * Tells listed records by the GUIDs that the source's current records have, where those call themselves otherwise: else
 * each would be new, and the current one gone, at every listing.
 */
export async function renamer({
  sql,
  source,
}: GatherContext): Promise<(records: ListedRecord[]) => Promise<RecordDescriptor[]>> {
  const any = await currentNames(sql, source.id, undefined);
  return async (records) => {
    const names =
      any.size === 0
        ? any
        : await currentNames(
            sql,
            source.id,
            records.map(({ id }) => id),
          );
    return records.map(({ id, ...content }) => {
      const guid = names.get(id);
      return guid === undefined ? { guid: id, ...content } : { guid, ...content, extras: { [listedAs]: id } };
    });
  };
}

/** GUIDs of current records by the identifiers that they are listed as; of any one without such. */
async function currentNames(
  sql: Sql,
  sourceId: string,
  ids: string[] | undefined,
): Promise<Map<string, string>> {
  const rows = await sql.rows<{ id: string; guid: string }>(
    `SELECT e.value AS id, o.guid FROM harvest_object o
     JOIN harvest_object_extra e ON e.harvest_object_id = o.id AND e.key = $2
     WHERE o.harvest_source_id = $1 AND o.current AND ($3::text[] IS NULL OR e.value = ANY ($3)) LIMIT $4`,
    [sourceId, listedAs, ids ?? null, ids?.length ?? 1],
  );
  return new Map(rows.map(({ id, guid }) => [id, guid]));
}
