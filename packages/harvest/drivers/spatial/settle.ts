import type { Tx } from '@portolan/db';
import { ObjectFailure, type RecordToSettle, type Settlement } from '../../driver.ts';

interface Current {
  /** The object that it was asked for. */
  asked: string;
  id: string;
  package_id: string | null;
  metadata_modified_date: string | null;
}

/**
 * A record of a generic spatial source is written when its metadata date is later than that of the record which is
 * current. One whose GUID another record has is refused.
 */
export async function settleByDate(
  tx: Tx,
  records: readonly RecordToSettle[],
): Promise<(Settlement | ObjectFailure)[]> {
  const others = await othersOf(tx, records);
  const current = await currentOf(tx, records);
  const settled = records.map(({ context, mapped }): Settlement | ObjectFailure => {
    const { object, forced } = context;
    const other = others.get(object.id);
    if (other !== undefined) return new ObjectFailure(`Object ${other} already has this guid ${mapped.guid}`);
    const previous = current.get(object.id);
    if (previous && !forced && !isLater(mapped.metadataDate, previous.metadata_modified_date))
      return { write: false, reason: 'metadata date is not later' };
    return { write: true, ...(previous?.package_id ? { packageId: previous.package_id } : {}) };
  });
  await rememberListing(
    tx,
    records.flatMap(({ context: { object } }, index) => {
      const verdict = settled[index];
      const previous = current.get(object.id);
      const listed = object.extras['waf_modified_date'];
      const stays = verdict && !(verdict instanceof Error) && !verdict.write;
      return stays && previous && listed ? [{ id: previous.id, listed }] : [];
    }),
  );
  return settled;
}

/** By object: a record that is current for the GUID which it tells instead of the listing's. */
async function othersOf(tx: Tx, records: readonly RecordToSettle[]): Promise<Map<string, string>> {
  const renamed = records.filter(
    ({ context, mapped }) => mapped.guid !== undefined && mapped.guid !== context.object.guid,
  );
  if (renamed.length === 0) return new Map();
  const rows = await tx.rows<{ asked: string; id: string }>(
    `SELECT n.id AS asked, o.id FROM unnest($1::text[], $2::text[]) AS n(id, guid)
     JOIN harvest_object o ON o.guid = n.guid WHERE o.current AND o.id <> n.id`,
    [renamed.map(({ context }) => context.object.id), renamed.map(({ mapped }) => mapped.guid)],
  );
  return new Map(rows.map(({ asked, id }) => [asked, id]));
}

/** By object: the record of the source that is current for the listing's GUID. */
async function currentOf(tx: Tx, records: readonly RecordToSettle[]): Promise<Map<string, Current>> {
  const rows = await tx.rows<Current>(
    `SELECT DISTINCT ON (n.id) n.id AS asked, o.id, o.package_id, o.metadata_modified_date
     FROM unnest($2::text[], $3::text[]) AS n(id, guid) JOIN harvest_object o ON o.guid = n.guid
     WHERE o.harvest_source_id = $1 AND o.current AND o.id <> n.id ORDER BY n.id, o.import_finished DESC NULLS LAST`,
    [
      records[0]?.context.source.id,
      records.map(({ context }) => context.object.id),
      records.map(({ context }) => context.object.guid),
    ],
  );
  return new Map(rows.map((row) => [row.asked, row]));
}

/** By the second, whatever the database puts between day and hour. */
export const isLater = (date: string | undefined, than: string | null): boolean =>
  date === undefined || than === null || date > than.replace('T', ' ').slice(0, 19);

/** Records that stay current are as new as the listing says now: the next job need not fetch them again. */
async function rememberListing(tx: Tx, records: readonly { id: string; listed: string }[]): Promise<void> {
  if (records.length === 0) return;
  await tx.rows(
    `UPDATE harvest_object_extra e SET value = n.listed FROM unnest($1::text[], $2::text[]) AS n(id, listed)
     WHERE e.harvest_object_id = n.id AND e.key = 'waf_modified_date'`,
    [records.map(({ id }) => id), records.map(({ listed }) => listed)],
  );
}
