import { PortolanError } from '@portolan/kernel';
import { NoRecord, type ObjectProblem, type OnceRead, type RecordDescriptor } from '../driver.ts';
import { gatherMessage } from '../gather/failure.rules.ts';
import { lastErrorFree } from '../job/job.repo.ts';
import { logOf } from '../log/parts.ts';
import { currentContents } from '../object/current_contents.ts';
import type { ImportContext } from '../object/import_context.ts';
import type { Plan } from '../plan.rules.ts';
import { driverOf, type HarvestSite, portalOf } from '../site.ts';
import { mannerlyLister } from '../source/manners.rules.ts';
import { parsedConfig, type Source } from '../source/source.repo.ts';
import { missingRecords } from './missing.ts';
import { previewRecord } from './record.ts';

/** What a harvest would do with one record. */
export interface PreviewedRecord {
  guid: string;
  title: string | null;
  action: Plan['action'] | 'error';
  reason: string;
  /** Field by field, before and after; for records that would be updated. */
  changes: { field: string; before: unknown; after: unknown }[];
  /** What is wrong with the record, also where it would be imported all the same. */
  problems: readonly ObjectProblem[];
}

export interface PreviewSummary {
  create: number;
  update: number;
  unchanged: number;
  delete: number;
  error: number;
  gather_errors: string[];
  /** False when the listing is longer than was looked at, or broke off: then nothing would be deleted. */
  complete: boolean;
  /** Whether the guard would hold the deletions back. */
  held: boolean;
}

/**
 * What a harvest of the source would do, record by record, by the code that does it: each record is imported in a
 * transaction that is rolled back. Returns the summary at its end.
 * @param options.limit most records that are looked at
 * @param options.deadline ends it with what it has by then
 */
export async function* previewHarvest(
  site: HarvestSite,
  source: Source,
  options: { limit: number; signal: AbortSignal; deadline?: AbortSignal },
): AsyncGenerator<PreviewedRecord, PreviewSummary> {
  const summary: PreviewSummary = {
    create: 0,
    update: 0,
    unchanged: 0,
    delete: 0,
    error: 0,
    gather_errors: [],
    complete: false,
    held: false,
  };
  const { limit, signal, deadline } = options;
  const context = contextOf(site, source, deadline ? AbortSignal.any([signal, deadline]) : signal);
  if (!context.driver) throw new PortolanError('validation', `No harvester for source type ${source.type}`);
  const listed = new Set<string>();
  const seen = new Set<string>();
  let deleteMissing = false;
  let onceRead: OnceRead | undefined;
  const count = (record: PreviewedRecord) => {
    summary[record.action]++;
    return record;
  };
  try {
    const listing = listRecords(context, {
      error: (message) => void summary.gather_errors.push(message),
      deleteMissing: () => {
        deleteMissing = true;
      },
      onceRead: (then) => {
        onceRead = then;
      },
    });
    let more = false;
    for await (const record of listing) {
      if (listed.has(record.key ?? record.guid)) continue;
      if (listed.size === limit) {
        more = true;
        break;
      }
      listed.add(record.key ?? record.guid);
      try {
        const previewed = await previewRecord(context, record);
        seen.add(previewed.guid);
        yield count(previewed);
      } catch (error) {
        if (!(error instanceof NoRecord)) throw error;
        summary.gather_errors.push(...error.errors);
      }
    }
    if (onceRead && !more && seen.size === 0) summary.gather_errors.push(onceRead.ifNone);
    deleteMissing ||= onceRead?.deleteMissing ?? false;
    summary.complete = !more && summary.gather_errors.length === 0;
  } catch (error) {
    signal.throwIfAborted();
    if (!deadline?.aborted) summary.gather_errors.push(gatherMessage(error));
  }
  if (summary.complete && deleteMissing) {
    const missing = await missingRecords(site, source, seen);
    summary.held = missing.held;
    for (const record of missing.records) yield count(record);
  }
  return summary;
}

function contextOf(site: HarvestSite, source: Source, signal: AbortSignal): ImportContext {
  const now = new Date(site.runtime.now()).toISOString().replace('T', ' ').replace('Z', '000');
  const id = `preview ${site.runtime.id()}`;
  return {
    site,
    run: { id, signal, fence: async () => undefined },
    // No row of it is ever written: a preview is no job.
    job: {
      id,
      created: now,
      gather_started: now,
      gather_finished: null,
      finished: null,
      source_id: source.id,
      status: 'Running',
    },
    source,
    driver: driverOf(site, source.type),
    force: () => false,
    found: new Map(),
    contents: currentContents(site.db, source),
  };
}

async function* listRecords(
  { site, source, job, driver, run }: ImportContext,
  found: { error(message: string): void; deleteMissing(): void; onceRead(then: OnceRead): void },
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
    cursor: undefined,
    lastErrorFree: await lastErrorFree(site.db, job),
    error: async (message) => found.error(message),
    finding: () => undefined,
    deleteMissing: found.deleteMissing,
    onceRead: found.onceRead,
    known: async (guids) => {
      const rows = await site.db.rows<{ guid: string }>(
        `SELECT guid FROM harvest_object WHERE harvest_source_id = $1 AND current AND guid = ANY ($2)`,
        [source.id, guids],
      );
      return new Set(rows.map(({ guid }) => guid));
    },
    async checkpoint() {
      run.signal.throwIfAborted();
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
