import type {
  Driver,
  HarvestedObject,
  MappedRecord,
  ObjectContext,
  ObjectProblem,
  SeenDocument,
} from '../driver.ts';
import type { JobRow } from '../job/job.repo.ts';
import type { HarvestSite, JobRun } from '../site.ts';
import type { Source } from '../source/source.repo.ts';
import { guidKey } from '../text/deterministic_id.ts';
import type { CurrentContents } from './current_contents.ts';

export interface ImportContext {
  site: HarvestSite;
  run: JobRun;
  job: JobRow;
  source: Source;
  driver: Driver | undefined;
  /** Import the record with this GUID even if it has not changed. */
  force(guid: string): boolean;
  /** The record was done and is imported once more. */
  reimport?: boolean;
  /** What the driver found out with one record of the run and need not ask again with the next. */
  found: Map<string, unknown>;
  /** What its source's current records were made of. */
  contents: CurrentContents;
}

/** What the import of one record is made of, once its content is here. */
export interface FetchedRecord {
  object: HarvestedObject;
  /** Set when the fetch stage brought it. */
  content: string | undefined;
  /** Extras that the fetch stage brought. */
  extras: Record<string, string> | undefined;
  /** What the fetch stage read the content from. */
  document?: SeenDocument | undefined;
  /** Where in the listing it stood, when only its document has told its GUID. */
  identified?: number | undefined;
  /** What the record was mapped with. */
  context: ObjectContext;
  /** `unchanged`: its server says so; `same`: its content does; `ignored`: not a dataset; `gone`: to be deleted. */
  mapped: MappedRecord | 'unchanged' | 'same' | 'ignored' | 'gone';
}

/** A record that cannot be imported, and why. */
export interface FailedRecord {
  object: Pick<HarvestedObject, 'id'> & { guid?: string };
  problems: readonly ObjectProblem[];
  /** As of a fetched one. */
  identified?: number | undefined;
  /** What the fetch stage had brought. */
  content?: string | undefined;
  extras?: Record<string, string> | undefined;
}

/** What the listing led to is no record: its place in the job is given up. */
export interface NoSuchRecord {
  object: Pick<HarvestedObject, 'id'>;
  /** Where in the listing it stood. */
  listed: number;
  /** For the job's report. */
  gatherErrors: readonly string[];
  unidentified: string | undefined;
}

export type PreparedRecord = FetchedRecord | FailedRecord | NoSuchRecord;

/** Whether the catalogue has to be looked at for the record; any other is done with its row. */
export const isLookedAt = ({ mapped }: FetchedRecord): boolean =>
  mapped === 'gone' || typeof mapped === 'object';

/** The GUID that a record has, when it tells one itself, or else the listing's. */
export const guidOf = ({ object, mapped }: FetchedRecord): string =>
  (typeof mapped === 'object' ? mapped.guid : undefined) ?? object.guid;

/** What two records have in common when only one of them can be imported at a time. */
export const keysOf = (record: FetchedRecord): string[] => [
  ...new Set([guidKey(guidOf(record)), guidKey(record.object.guid)]),
];
