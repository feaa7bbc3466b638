import type { Tx } from '@portolan/db';
import type { ImportContext } from './import_context.ts';

/**
 * By GUID the dataset that a record without a current one had once: of this source, else, where the kind of source has
 * GUIDs that hold everywhere, of one that is harvested no more.
 */
export async function formerDatasets(
  tx: Tx,
  { source, driver }: Pick<ImportContext, 'source' | 'driver'>,
  guids: readonly string[],
): Promise<Map<string, string>> {
  if (guids.length === 0) return new Map();
  const rows = await tx.prepared<{ guid: string; id: string }>(
    'harvest_former_datasets',
    `SELECT DISTINCT ON (o.guid) o.guid, o.package_id AS id
     FROM harvest_object o JOIN package p ON p.id = o.package_id JOIN harvest_source s ON s.id = o.harvest_source_id
     WHERE o.guid = ANY ($2) AND (s.id = $1 OR ($3 AND s.active IS FALSE AND o.current AND p.state = 'active'))
     ORDER BY o.guid, s.id = $1 DESC, o.import_finished DESC NULLS LAST`,
    [source.id, guids, driver?.globalGuids === true],
  );
  return new Map(rows.map(({ guid, id }) => [guid, id]));
}
