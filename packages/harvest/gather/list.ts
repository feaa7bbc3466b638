import type { Fetcher } from '@portolan/fetcher';
import { timestamp } from '@portolan/kernel';
import { findDocument } from '../conditional/document.repo.ts';
import { listRecords, mayAskOnCondition } from '../conditional/listing.ts';
import { type GatherContext, GatherFailure, type OnceRead } from '../driver.ts';
import { addGatherError, lastErrorFree } from '../job/job.repo.ts';
import { logOf } from '../log/parts.ts';
import { currentObjects } from '../object/object.repo.ts';
import { type HarvestSite, portalOf } from '../site.ts';
import { parsedConfig } from '../source/source.repo.ts';
import { deterministicId } from '../text/deterministic_id.ts';
import { ensureOurs } from './batch.ts';
import { batchStore } from './batch_store.ts';
import type { Taken } from './take.ts';

/** What a listing that was read to its end has told of itself. */
export interface Completeness {
  /** Records that the listing did not hold are gone from the source. */
  deleteMissing: boolean;
  /** What is done when all of them have been read, where only their documents tell which they are. */
  onceRead: OnceRead | undefined;
  /** So many it held. */
  records: number;
}

/** Has the driver list the source, and stores what comes. @throws whatever cuts the listing short */
export async function listSource(
  work: Taken & { site: HarvestSite; fetcher: Fetcher; signal: AbortSignal; anew: boolean },
): Promise<Completeness> {
  const { site, job, source, driver, gathering, signal } = work;
  let deleteMissing = false;
  let onceRead: OnceRead | undefined;
  const store = batchStore(site, gathering, work.position);
  const error = (message: string, about?: string) =>
    site.db.transact(async (tx) => {
      tx.afterCommit(() =>
        logOf(site.logger, 'harvesters').warn({ job: job.id, source: source.id }, message),
      );
      await ensureOurs(tx, gathering);
      await addGatherError(tx, {
        id: about === undefined ? site.runtime.id() : deterministicId(job.id, 'gather error', about),
        jobId: job.id,
        message,
        created: timestamp(site.runtime.now()),
      });
    });
  const onCondition = !work.anew && mayAskOnCondition(source);
  const context: Omit<GatherContext, 'readListing'> = {
    source,
    portal: portalOf(site),
    config: parsedConfig(source),
    jobId: job.id,
    fetcher: work.fetcher,
    sql: site.db,
    logger: logOf(site.logger, 'harvesters'),
    runtime: site.runtime,
    signal,
    cursor: work.cursor,
    lastErrorFree: await lastErrorFree(site.db, job),
    error,
    finding: (kind, record) => store.finding(kind, record),
    deleteMissing: () => {
      deleteMissing = true;
    },
    onceRead: (then) => {
      onceRead = then;
    },
    known: async (guids) =>
      new Set((await currentObjects(site.db, source.id, guids)).map(({ guid }) => guid)),
    async checkpoint(value) {
      const added = await store.checkpoint(value);
      signal.throwIfAborted();
      return { added };
    },
    knownDocument: async (url, guid) => (onCondition ? findDocument(site.db, source, url, guid) : undefined),
  };
  const records = listRecords(
    { sql: site.db, ...work, listed: store.listed },
    // A listing that goes on in its middle says nothing of its beginning.
    { anew: work.anew || work.cursor !== undefined },
    (readListing) => driver.gather({ ...context, readListing }),
  );
  const { harvestMaxRecords, harvestMaxRecordSize } = site.config;
  try {
    for await (const record of records) {
      if (store.position >= harvestMaxRecords)
        throw new GatherFailure(
          `The source lists more than ${harvestMaxRecords} records (portolan.harvest.max_records)`,
        );
      if (Buffer.byteLength(record.content ?? '') > harvestMaxRecordSize * 2 ** 20) {
        await error(
          `Record ${record.guid} is larger than ${harvestMaxRecordSize} MB (portolan.harvest.max_record_mb) and is left out`,
        );
        continue;
      }
      await store.add(record);
    }
  } catch (error) {
    // What was listed need not be listed again, and a listing that broke off tells how far it came. Should that not
    // be possible, why the listing was cut short is what matters all the same.
    await store
      .keep()
      .catch((err) =>
        logOf(site.logger, 'harvesters').warn({ job: job.id, err }, 'what had been listed could not be kept'),
      );
    throw error;
  }
  await store.flush();
  return { deleteMissing, onceRead, records: store.position };
}
