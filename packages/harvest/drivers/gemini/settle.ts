import type { Tx } from '@portolan/db';
import { type MappedRecord, type ObjectContext, ObjectFailure, type Settlement } from '../../driver.ts';
import { sameRecord } from '../csw/same_record.ts';
import { isLater } from '../spatial/settle.ts';

interface Previous {
  id: string;
  package_id: string | null;
  metadata_modified_date: string | null;
  content: string | null;
  url: string | null;
  state: string | null;
  source_id: string;
  source_active: boolean;
  source_name: string | null;
  owner_org: string | null;
}

/**
 * Decides by the record that is current for the GUID anywhere in the portal: GEMINI identifiers are unique in the
 * country, and records move between sources. @throws ObjectFailure
 */
export async function settleByGuid(
  tx: Tx,
  context: ObjectContext,
  mapped: MappedRecord,
): Promise<Settlement> {
  const { object, source } = context;
  const { guid = object.guid, metadataDate } = mapped;
  const current = await currentOf(tx, guid, object.id);
  if (current.length > 1)
    throw new ObjectFailure(`Application Error: more than one current record for GUID ${guid}`);
  const [previous] = current;
  if (!previous) {
    await refuseRemains(tx, guid, metadataDate, object.id);
    return { write: true };
  }
  if (previous.source_id === source.id && elsewhere(previous, object.extras['url'])) {
    if (previous.state !== 'deleted')
      throw new ObjectFailure(
        `Harvest object ${object.id} (${object.extras['url']}) has a GUID ${guid} already in use by ${previous.id} (${previous.url}) in harvest source ${source.id}`,
      );
    await tx.rows(`UPDATE harvest_object SET current = false WHERE id = $1`, [previous.id]);
    return { write: true };
  }
  const verdict = compare(previous, context, metadataDate);
  if (!verdict.write) return verdict;
  refuseTakeOver(previous, context, guid);
  return { write: true, ...(previous.package_id ? { packageId: previous.package_id } : {}) };
}

const elsewhere = (previous: Previous, url: string | undefined): boolean =>
  url !== undefined && previous.url !== null && previous.url !== url;

const currentOf = (tx: Tx, guid: string, ownId: string): Promise<Previous[]> =>
  tx.prepared<Previous>(
    'gemini_current_of_guid',
    `SELECT o.id, o.package_id, o.metadata_modified_date, o.content, u.value AS url, p.state, s.id AS source_id,
            coalesce(s.active, true) AS source_active, sp.name AS source_name, sp.owner_org
     FROM harvest_object o JOIN harvest_source s ON s.id = o.harvest_source_id
     LEFT JOIN package sp ON sp.id = s.id LEFT JOIN package p ON p.id = o.package_id
     LEFT JOIN harvest_object_extra u ON u.harvest_object_id = o.id AND u.key = 'url'
     WHERE o.guid = $1 AND o.current AND o.id <> $2`,
    [guid, ownId],
  );

/** A record of this date was imported once and is not current: another import would make a second dataset of it. */
async function refuseRemains(tx: Tx, guid: string, date: string | undefined, ownId: string): Promise<void> {
  const remains = await tx.prepared(
    'gemini_remains_of_guid',
    // By the GUID first, whatever is known of the tables: in a young portal the other way round seems shorter.
    `WITH remains AS MATERIALIZED (
       SELECT package_id FROM harvest_object
       WHERE guid = $1 AND metadata_modified_date = $2 AND id <> $3 AND current IS NOT TRUE)
     SELECT FROM remains r JOIN package p ON p.id = r.package_id AND p.state = 'active' LIMIT 1`,
    [guid, date ?? null, ownId],
  );
  if (remains.length > 0) throw new ObjectFailure(`Invalid harvest object with GEMINI guid ${guid} found`);
}

function compare(
  previous: Previous,
  { object, forced }: ObjectContext,
  date: string | undefined,
): Settlement {
  const stored = previous.metadata_modified_date;
  const later = isLater(date, stored);
  if (later || forced) return { write: true };
  if (previous.state === 'deleted') return { write: false, reason: 'withdrawn, and not newer' };
  if (isLater(stored?.replace('T', ' ').slice(0, 19), date ?? null))
    return { write: false, reason: 'metadata date is earlier' };
  return !previous.source_active || !sameRecord(previous.content ?? '', object.content ?? '')
    ? { write: true }
    : { write: false, reason: 'same metadata date and content', same: true };
}

/** From another active source of another organisation only with that source's leave. */
function refuseTakeOver(previous: Previous, { source, config }: ObjectContext, guid: string): void {
  const foreign = previous.source_id !== source.id && previous.owner_org !== source.owner_org;
  if (foreign && previous.source_active && config['take_over'] !== true)
    throw new ObjectFailure(`GUID ${guid} is already harvested from source ${previous.source_name}`);
}
