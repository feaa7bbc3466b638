import { PortolanError } from '@portolan/kernel';
import { NoRecord, type ObjectProblem, type OnceRead } from '../driver.ts';
import { gatherMessage, isTransient } from '../gather/failure.rules.ts';
import { currentContents } from '../object/current_contents.ts';
import type { ImportContext } from '../object/import_context.ts';
import type { Plan } from '../plan.rules.ts';
import { driverOf, type HarvestSite } from '../site.ts';
import type { Source } from '../source/source.repo.ts';
import { boundedRecord, noteError } from './bounds.rules.ts';
import { listForPreview } from './listing.ts';
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

/** How far a preview has come: all that another process needs to go on with it. */
export interface PreviewStanding {
  /** Undefined before the listing has begun. */
  cursor: unknown;
  /** Records as the listing names them, and by the GUIDs that they have. */
  listed: Set<string>;
  seen: Set<string>;
  summary: PreviewSummary;
  deleteMissing: boolean;
  onceRead: OnceRead | undefined;
}

export const previewBegun = (): PreviewStanding => ({
  cursor: undefined,
  listed: new Set(),
  seen: new Set(),
  summary: {
    create: 0,
    update: 0,
    unchanged: 0,
    delete: 0,
    error: 0,
    gather_errors: [],
    complete: false,
    held: false,
  },
  deleteMissing: false,
  onceRead: undefined,
});

export interface PreviewOptions {
  /** Most records that are looked at. */
  limit: number;
  signal: AbortSignal;
  /** Ends it with what it has. */
  deadline?: AbortSignal;
  /** Where it goes on; it is kept up with what becomes known. */
  standing?: PreviewStanding;
  /** The standing has another cursor: what was yielded before need not be listed again. */
  reached?(): Promise<void>;
}

/** A record, and how its listing names it. */
export interface Previewed {
  record: PreviewedRecord;
  listedAs: string;
}

/**
 * What a harvest of the source would do, record by record, by the code that does it: each record is imported in a
 * transaction that is rolled back. Returns the summary at its end.
 * @throws whatever is worth another attempt: a lost database, a read-only site
 */
export async function* previewHarvest(
  site: HarvestSite,
  source: Source,
  options: PreviewOptions,
): AsyncGenerator<Previewed, PreviewSummary> {
  const { limit, signal, deadline, standing = previewBegun() } = options;
  const { listed, seen, summary } = standing;
  const context = contextOf(site, source, deadline ? AbortSignal.any([signal, deadline]) : signal);
  if (!context.driver) throw new PortolanError('validation', `No harvester for source type ${source.type}`);
  const told = (record: PreviewedRecord, listedAs: string): Previewed => {
    summary[record.action]++;
    return { record: boundedRecord(record), listedAs };
  };
  const error = (message: string) => noteError(summary.gather_errors, message);
  try {
    const listing = listForPreview(context, standing.cursor, {
      error,
      deleteMissing: () => {
        standing.deleteMissing = true;
      },
      onceRead: (then) => {
        standing.onceRead = then;
      },
      async reached(cursor) {
        standing.cursor = cursor;
        await options.reached?.();
      },
    });
    let more = false;
    for await (const record of listing) {
      const listedAs = record.key ?? record.guid;
      if (listed.has(listedAs)) continue;
      if (listed.size >= limit) {
        more = true;
        break;
      }
      listed.add(listedAs);
      try {
        const previewed = await previewRecord(context, record);
        seen.add(previewed.guid);
        yield told(previewed, listedAs);
      } catch (cause) {
        if (!(cause instanceof NoRecord)) throw cause;
        cause.errors.forEach(error);
      }
    }
    if (standing.onceRead && !more && seen.size === 0) error(standing.onceRead.ifNone);
    standing.deleteMissing ||= standing.onceRead?.deleteMissing ?? false;
    summary.complete = !more && summary.gather_errors.length === 0;
  } catch (cause) {
    signal.throwIfAborted();
    if (!deadline?.aborted) {
      if (isTransient(cause)) throw cause;
      error(gatherMessage(cause));
    }
  }
  if (summary.complete && standing.deleteMissing) {
    const missing = missingRecords(site, source, seen);
    for (;;) {
      const next = await missing.next();
      if (next.done) {
        summary.held = next.value;
        break;
      }
      yield told(next.value, next.value.guid);
    }
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
