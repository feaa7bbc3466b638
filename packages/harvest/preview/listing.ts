import type { GatherContext, RecordDescriptor } from '../driver.ts';
import { lastErrorFree } from '../job/job.repo.ts';
import { logOf } from '../log/parts.ts';
import type { ImportContext } from '../object/import_context.ts';
import { currentObjects } from '../object/object.repo.ts';
import { portalOf } from '../site.ts';
import { mannerlyLister } from '../source/manners.rules.ts';
import { parsedConfig } from '../source/source.repo.ts';

/** What a listing says besides its records. */
export interface Heard extends Pick<GatherContext, 'deleteMissing' | 'onceRead'> {
  error(message: string): void;
  /** The listing has been read up to here. */
  reached(cursor: unknown): Promise<void>;
}

/** The records that a source lists, as a job would be told of them; `cursor` to go on after what was reached before. */
export async function* listForPreview(
  { site, source, job, driver, run }: ImportContext,
  cursor: unknown,
  heard: Heard,
): AsyncGenerator<RecordDescriptor> {
  if (!driver) return;
  let sinceCheckpoint = 0;
  const config = parsedConfig(source);
  const fetcher = mannerlyLister(site.fetcher, config);
  const records = driver.gather({
    source,
    portal: portalOf(site),
    config,
    jobId: job.id,
    fetcher,
    // A preview tells of the source as it is, and leaves nothing behind that later jobs could go by.
    readListing: (url, request) => fetcher.read(url, request),
    knownDocument: async () => undefined,
    sql: site.db,
    logger: logOf(site.logger, 'harvesters'),
    runtime: site.runtime,
    signal: run.signal,
    cursor,
    lastErrorFree: await lastErrorFree(site.db, job),
    error: async (message) => heard.error(message),
    finding: () => undefined,
    deleteMissing: heard.deleteMissing,
    onceRead: heard.onceRead,
    known: async (guids) =>
      new Set((await currentObjects(site.db, source.id, guids)).map(({ guid }) => guid)),
    async checkpoint(value) {
      run.signal.throwIfAborted();
      await heard.reached(value);
      const added = sinceCheckpoint;
      sinceCheckpoint = 0;
      return { added };
    },
  });
  for await (const record of records) {
    sinceCheckpoint++;
    yield record;
  }
}
