import type { Sql, Tx } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import { type ReadDocument, saveDocuments } from '../conditional/document.repo.ts';
import { type ListedDocument, saveListed } from '../conditional/listing.repo.ts';
import type { RecordDescriptor } from '../driver.ts';
import { addFindings, type Finding, findClaims } from '../health/finding.repo.ts';
import { findingsOf } from '../health/finding.rules.ts';
import { lockTakenJob } from '../job/job.repo.ts';
import { currentObjects, insertObjects, type NewObject } from '../object/object.repo.ts';
import { lockHolders, shareContents } from '../object/same_content.repo.ts';
import { planRecord } from '../plan.rules.ts';
import type { HarvestSite } from '../site.ts';
import { contentHash, deterministicId } from '../text/deterministic_id.ts';

export interface Gathering {
  jobId: string;
  sourceId: string;
  /** As documents that are read now are remembered. */
  madeFor: string;
  /** Written to the job when this process took it; another token there means that it lost it. */
  token: string;
  reimport: 'changed' | 'always';
  /** Records of the listing that an attempt before this one has stored: what is to be told of them is told. */
  reached: number;
  fence(tx: Tx): Promise<void>;
}

/** A stretch of the listing. */
export interface Batch {
  records: (RecordDescriptor & { position: number })[];
  /** About records that it does not have. */
  findings: Finding[];
  /** Documents that it was read from. */
  listed: ListedDocument[];
  /** Records of the listing up to its end. */
  position: number;
}

/** Where an interrupted listing goes on, and how many records of it are before that. */
export interface Cursor {
  value: unknown;
  position: number;
}

/** The job was aborted, timed out, or taken over: this process has nothing more to say about it. */
export class GatherStopped extends Error {}

/** @throws GatherStopped */
export async function ensureOurs(tx: Tx, gathering: Gathering): Promise<void> {
  await gathering.fence(tx);
  const job = await lockTakenJob(tx, gathering.jobId);
  const [state] = await tx.rows<{ gather_token: string | null }>(
    `SELECT gather_token FROM portolan.harvest_job_state WHERE job_id = $1`,
    [gathering.jobId],
  );
  if (job?.status !== 'Running' || state?.gather_token !== gathering.token)
    throw new GatherStopped(`harvest job ${gathering.jobId} is not ours any more`);
}

/**
 * Stores a batch of gathered records and, when given, how far the listing has been read. A record that is the
 * same as at its last import is done with its row: an unchanged source costs a few statements per batch. Of the others
 * it is noted what will become of them; nothing is applied before the source has been listed to its end.
 * @returns ids of the records that were new to the job
 */
export async function storeBatch(
  site: HarvestSite,
  gathering: Gathering,
  { records, findings, listed, position }: Batch,
  cursor?: Cursor,
): Promise<Set<string>> {
  return site.db.transact(async (tx) => {
    await ensureOurs(tx, gathering);
    const now = timestamp(site.runtime.now());
    const objects = await asObjects(tx, gathering, records);
    const news = records
      .filter((record) => record.position > gathering.reached)
      .map((record) => ({ ...record, guid: storedGuid(record) }));
    const claims = await findClaims(tx, gathering, news.map(storedGuid));
    const fresh = await insertObjects(tx, { ...gathering, now }, objects);
    await shareContents(
      tx,
      objects.flatMap(({ id, holder }) => (holder !== undefined && fresh.has(id) ? [{ id, holder }] : [])),
    );
    const told = findings.filter((finding) => finding.position > gathering.reached);
    await addFindings(tx, gathering.jobId, [...told, ...findingsOf(news, claims)]);
    await saveListed(tx, gathering, listed);
    await saveDocuments(tx, { id: gathering.sourceId, madeFor: gathering.madeFor }, records.filter(isRead));
    await tx.rows(
      `UPDATE portolan.harvest_job_state SET heartbeat = $2, gather_cursor = CASE WHEN $3 THEN $4::jsonb ELSE gather_cursor END,
         gather_position = CASE WHEN $3 THEN $6 ELSE gather_position END, gather_reached = greatest(gather_reached, $5)
       WHERE job_id = $1`,
      [
        gathering.jobId,
        now,
        cursor !== undefined,
        JSON.stringify(cursor?.value ?? null),
        position,
        cursor?.position ?? null,
      ],
    );
    return fresh;
  });
}

/** The same record of a listing has the same id, however often it is read. */
export const objectId = ({ jobId }: Gathering, record: RecordDescriptor): string =>
  deterministicId(jobId, record.key ?? storedGuid(record));

/** Which of these records are there. */
export async function storedIds(sql: Sql, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await sql.rows<{ id: string }>(`SELECT id FROM harvest_object WHERE id = ANY ($1)`, [ids]);
  return new Set(rows.map(({ id }) => id));
}

const isRead = <R extends RecordDescriptor>(record: R): record is R & ReadDocument =>
  record.document !== undefined && record.content !== undefined;

/** PostgreSQL's text holds no NUL. */
const storedGuid = ({ guid }: { guid: string }): string => guid.replaceAll('\0', '');

interface GatheredObject extends NewObject {
  /** The record that has its text, which is not stored again. */
  holder?: string;
}

async function asObjects(tx: Tx, gathering: Gathering, records: Batch['records']): Promise<GatheredObject[]> {
  const guids = records.map(storedGuid);
  const before = new Map(
    (await currentObjects(tx, gathering.sourceId, guids)).map((object) => [object.guid, object]),
  );
  const objects = records.map((record, index): GatheredObject => {
    const guid = guids[index] ?? '';
    const current = before.get(guid);
    const content = record.content?.replaceAll('\0', '') ?? null;
    const hash = content === null ? null : contentHash(content);
    const remembered = current?.content_hash
      ? { contentHash: current.content_hash, remoteModified: current.remote_modified }
      : undefined;
    const plan =
      hash === null || remembered === undefined
        ? undefined
        : planRecord({
            gone: false,
            force: false,
            contentHash: hash,
            remoteModified: record.remoteModified,
            remembered,
            dataset: { state: 'active', modified: null },
            reimport: gathering.reimport,
          });
    return {
      id: objectId(gathering, record),
      guid,
      content,
      contentHash: hash,
      remoteModified: record.remoteModified ?? null,
      extras: record.extras ?? {},
      listed: record.position,
      packageId: null,
      unchanged: record.unchanged === true || plan?.action === 'unchanged',
      ...(current === undefined
        ? { action: 'create', reason: 'new in the source' }
        : plan === undefined
          ? {
              action: 'compare',
              reason: hash === null ? 'its content has to be fetched' : 'nothing is remembered of it',
            }
          : { action: 'update', reason: plan.reason }),
    };
  });
  // A listing may name a record twice; the first counts.
  const once = [...new Map(objects.reverse().map((object) => [object.id, object])).values()].reverse();
  return withoutCopies(tx, once, before);
}

/** Without the texts that the current records have as well. */
async function withoutCopies(
  tx: Tx,
  objects: GatheredObject[],
  current: ReadonlyMap<string, { id: string }>,
): Promise<GatheredObject[]> {
  const holderOf = ({ guid }: NewObject) => current.get(guid)?.id;
  const copies = objects.flatMap((object) => {
    const id = holderOf(object);
    const { contentHash, unchanged } = object;
    return unchanged && contentHash !== null && id !== undefined ? [{ id, contentHash }] : [];
  });
  const holders = await lockHolders(tx, copies);
  return objects.map((object) => {
    const holder = holderOf(object);
    const shares = object.unchanged && object.contentHash !== null && holder !== undefined;
    return shares && holders.get(holder) === object.contentHash
      ? { ...object, content: null, holder }
      : object;
  });
}
