import type { Tx } from '@portolan/db';
import { type MappedRecord, type ObjectContext, ObjectFailure, type Settlement } from '../../driver.ts';

interface Current {
  id: string;
  package_id: string | null;
  metadata_modified_date: string | null;
}

/**
 * A record of a generic spatial source is written when its metadata date is later than that of the record which is
 * current. @throws ObjectFailure when another record has its GUID
 */
export async function settleByDate(
  tx: Tx,
  context: ObjectContext,
  mapped: MappedRecord,
): Promise<Settlement> {
  const { object, source, forced } = context;
  const { guid = object.guid, metadataDate } = mapped;
  if (guid !== object.guid) {
    const [other] = await tx.rows<{ id: string }>(
      `SELECT id FROM harvest_object WHERE guid = $1 AND current AND id <> $2 LIMIT 1`,
      [guid, object.id],
    );
    if (other) throw new ObjectFailure(`Object ${other.id} already has this guid ${guid}`);
  }
  const [previous] = await tx.rows<Current>(
    `SELECT id, package_id, metadata_modified_date FROM harvest_object
     WHERE guid = $1 AND harvest_source_id = $2 AND current AND id <> $3 ORDER BY import_finished DESC NULLS LAST LIMIT 1`,
    [object.guid, source.id, object.id],
  );
  if (previous && !forced && !isLater(metadataDate, previous.metadata_modified_date)) {
    await rememberListing(tx, previous.id, object.extras);
    return { write: false, reason: 'metadata date is not later' };
  }
  return { write: true, ...(previous?.package_id ? { packageId: previous.package_id } : {}) };
}

/** By the second, whatever the database puts between day and hour. */
export const isLater = (date: string | undefined, than: string | null): boolean =>
  date === undefined || than === null || date > than.replace('T', ' ').slice(0, 19);

/** The record that stays current is as new as the listing says now: the next job need not fetch it again. */
async function rememberListing(tx: Tx, objectId: string, extras: Record<string, string>): Promise<void> {
  const listed = extras['waf_modified_date'];
  if (listed)
    await tx.rows(
      `UPDATE harvest_object_extra SET value = $2 WHERE harvest_object_id = $1 AND key = 'waf_modified_date'`,
      [objectId, listed],
    );
}
