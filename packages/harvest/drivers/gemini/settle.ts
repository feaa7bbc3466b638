import type { Tx } from '@portolan/db';
import {
  type MappedRecord,
  type ObjectContext,
  ObjectFailure,
  type RecordToSettle,
  type Settlement,
} from '../../driver.ts';
import { TooMuchWork } from '../../thread/limited.ts';
import { limitsOfRecord } from '../../thread/limits.rules.ts';
import { sameRecord } from '../csw/same_record.ts';
import { isLater } from '../spatial/settle.ts';

interface Previous {
  /** The object whose GUID it has. */
  asked: string;
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
 * Decides by the records that are current for the GUIDs anywhere in the portal: GEMINI identifiers are unique in the
 * country, and records move between sources.
 */
export async function settleByGuid(
  tx: Tx,
  records: readonly RecordToSettle[],
): Promise<(Settlement | ObjectFailure)[]> {
  const current = Map.groupBy(await currentOf(tx, records), ({ asked }) => asked);
  const remains = await remainsOf(
    tx,
    records.filter(({ context }) => !current.has(context.object.id)),
  );
  const settled: (Settlement | ObjectFailure)[] = [];
  for (const { context, mapped } of records) {
    const { id } = context.object;
    settled.push(
      remains.has(id)
        ? new ObjectFailure(`Invalid harvest object with GEMINI guid ${guidOf(context, mapped)} found`)
        : await settle(context, mapped, current.get(id) ?? []),
    );
  }
  return settled;
}

const guidOf = ({ object }: ObjectContext, { guid = object.guid }: MappedRecord): string => guid;

async function settle(
  context: ObjectContext,
  mapped: MappedRecord,
  [previous, ...others]: Previous[],
): Promise<Settlement | ObjectFailure> {
  const { object, source } = context;
  const guid = guidOf(context, mapped);
  if (others.length > 0)
    return new ObjectFailure(`Application Error: more than one current record for GUID ${guid}`);
  if (!previous) return { write: true };
  if (previous.source_id === source.id && elsewhere(previous, object.extras['url']))
    return previous.state === 'deleted'
      ? { write: true, retires: previous.id }
      : new ObjectFailure(
          `Harvest object ${object.id} (${object.extras['url']}) has a GUID ${guid} already in use by ${previous.id} (${previous.url}) in harvest source ${source.id}`,
        );
  const verdict = await compare(previous, context, mapped.metadataDate);
  if (verdict instanceof ObjectFailure || !verdict.write) return verdict;
  if (isForeign(previous, context))
    return new ObjectFailure(`GUID ${guid} is already harvested from source ${previous.source_name}`);
  return { write: true, ...(previous.package_id ? { packageId: previous.package_id } : {}) };
}

const elsewhere = (previous: Previous, url: string | undefined): boolean =>
  url !== undefined && previous.url !== null && previous.url !== url;

/** By object: the records that are current for its GUID. */
const currentOf = (tx: Tx, records: readonly RecordToSettle[]): Promise<Previous[]> =>
  tx.rows<Previous>(
    `SELECT n.id AS asked, o.id, o.package_id, o.metadata_modified_date, o.content, u.value AS url, p.state,
            s.id AS source_id, coalesce(s.active, true) AS source_active, sp.name AS source_name, sp.owner_org
     FROM unnest($1::text[], $2::text[]) AS n(id, guid) JOIN harvest_object o ON o.guid = n.guid
     JOIN harvest_source s ON s.id = o.harvest_source_id
     LEFT JOIN package sp ON sp.id = s.id LEFT JOIN package p ON p.id = o.package_id
     LEFT JOIN harvest_object_extra u ON u.harvest_object_id = o.id AND u.key = 'url'
     WHERE o.current AND o.id <> n.id`,
    [records.map(({ context }) => context.object.id), records.map((one) => guidOf(one.context, one.mapped))],
  );

/**
 * Objects of whose GUID and date a record was imported once that is not current: another import would make a second
 * dataset of it.
 */
async function remainsOf(tx: Tx, records: readonly RecordToSettle[]): Promise<Set<string>> {
  if (records.length === 0) return new Set();
  const rows = await tx.rows<{ id: string }>(
    // By the GUID first, whatever is known of the tables: in a young portal the other way round seems shorter.
    `WITH remains AS MATERIALIZED (
       SELECT n.id, o.package_id FROM unnest($1::text[], $2::text[], $3::timestamp[]) AS n(id, guid, date)
       JOIN harvest_object o ON o.guid = n.guid AND o.metadata_modified_date = n.date
       WHERE o.id <> n.id AND o.current IS NOT TRUE)
     SELECT DISTINCT r.id FROM remains r JOIN package p ON p.id = r.package_id AND p.state = 'active'`,
    [
      records.map(({ context }) => context.object.id),
      records.map((one) => guidOf(one.context, one.mapped)),
      records.map(({ mapped }) => mapped.metadataDate ?? null),
    ],
  );
  return new Set(rows.map(({ id }) => id));
}

async function compare(
  previous: Previous,
  context: ObjectContext,
  date: string | undefined,
): Promise<Settlement | ObjectFailure> {
  const { object, forced } = context;
  const stored = previous.metadata_modified_date;
  const later = isLater(date, stored);
  if (later || forced) return { write: true };
  if (previous.state === 'deleted') return { write: false, reason: 'withdrawn, and not newer' };
  if (isLater(stored?.replace('T', ' ').slice(0, 19), date ?? null))
    return { write: false, reason: 'metadata date is earlier' };
  if (!previous.source_active) return { write: true };
  try {
    const same = await sameRecord(limitsOfRecord(context), previous.content ?? '', object.content ?? '');
    return same ? { write: false, reason: 'same metadata date and content', same: true } : { write: true };
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    return new ObjectFailure(error.message, 'Import', { cause: error });
  }
}

/** Of another active source of another organisation, which has not been given leave. */
function isForeign(previous: Previous, { source, config }: ObjectContext): boolean {
  const foreign = previous.source_id !== source.id && previous.owner_org !== source.owner_org;
  return foreign && previous.source_active && config['take_over'] !== true;
}
