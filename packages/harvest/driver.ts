import type { Sql } from '@portolan/db';
import type { Fetcher } from '@portolan/fetcher';
import type { Logger, Runtime } from '@portolan/kernel';
import type { DatasetDict, DatasetWriter } from './dataset_writer.ts';
import type { Source } from './source/source.repo.ts';

/** One remote record as gather finds it. */
export interface RecordDescriptor {
  /** Identity of the record from the source's point of view. */
  guid: string;
  /** The record itself, when the listing already brings it. */
  content?: string;
  extras?: Record<string, string>;
  /** The record's own time of change, verbatim. */
  remoteModified?: string;
}

interface DriverContext {
  source: Source;
  /** The portal that harvests: its address, and the language whose texts it takes where there are several. */
  portal: { url: string; language: string };
  /** The source's configuration, parsed; `{}` when it has none. */
  config: Record<string, unknown>;
  jobId: string;
  fetcher: Fetcher;
  sql: Sql;
  logger: Logger;
  runtime: Runtime;
  /** Aborted when the job is cancelled or the process stops. */
  signal: AbortSignal;
}

export interface GatherContext extends DriverContext {
  /** Where an interrupted gather of this job had got to, as given to `checkpoint`. */
  cursor: unknown;
  /** Start of the latest job of this source that had no errors; UTC, `YYYY-MM-DD HH:MM:SS.ffffff`. */
  lastErrorFree: string | undefined;
  /**
   * Call it after each page: everything yielded so far is safe, and a restart continues from `cursor`.
   * @returns how many of the records since the last checkpoint were new to the job
   */
  checkpoint(cursor: unknown): Promise<{ added: number }>;
  /** Notes a problem that does not end the gathering; nothing is deleted by a job that has one. */
  error(message: string): Promise<void>;
  /** The listing was complete: records that it did not hold are gone. */
  deleteMissing(): void;
  /** GUIDs that are current for the source already, among these. */
  known(guids: string[]): Promise<Set<string>>;
}

type RemoteGroup = Parameters<DatasetWriter['createGroup']>[1];

export interface ObjectContext extends DriverContext {
  object: HarvestedObject;
  /** Makes a remote's group or organisation here unless it is there by id, in a transaction of its own. */
  ensureGroup(group: RemoteGroup): Promise<void>;
}

export interface HarvestedObject {
  id: string;
  guid: string;
  content: string | null;
  packageId: string | null;
  extras: Record<string, string>;
}

/** What a record is as a dataset of this catalogue, before it is compared with the one that is there. */
export interface MappedRecord {
  dataset: DatasetDict;
  /**
   * `remote`: the dataset keeps the record's own id, and its local name for ever.
   * `derived`: the id follows from source and GUID, the name from the title.
   */
  identity: 'remote' | 'derived';
  remoteModified?: string;
}

/** What a configuration is checked against. */
export interface ConfigFacts {
  sql: Sql;
  /** A group by id or name, as group_show answers it. */
  group(reference: string): Promise<Record<string, unknown> | undefined>;
}

/** A kind of source. Stateless: everything it needs comes with the context. */
export interface Driver {
  /** Value of `source_type`. */
  name: string;
  title: string;
  description: string;
  /** `Text`: the form offers a box for the configuration. */
  form_config_interface?: 'Text';
  /** Records that are the same as last time are left alone, or imported again and reported as updated. */
  reimport: 'changed' | 'always';
  /**
   * Checks the configuration as entered and returns what is stored.
   * @throws ConfigurationError with the text that CKAN shows
   */
  validateConfig(text: string, facts: ConfigFacts): Promise<string> | string;
  /** Streams the records. @throws GatherFailure to end the job with an error */
  gather(context: GatherContext): AsyncIterable<RecordDescriptor>;
  /** Brings the content of a record whose listing had none. @throws ObjectFailure */
  fetch?(context: ObjectContext): Promise<{ content: string } | 'unchanged'>;
  /** @throws ObjectFailure */
  toDataset(context: ObjectContext): Promise<MappedRecord | 'ignored'> | MappedRecord | 'ignored';
  /** Link for the job report. */
  originalUrl?(source: Source, object: HarvestedObject): string | undefined;
}

export class ConfigurationError extends Error {}

/** Ends the gathering; the message becomes the job's gather error. */
export class GatherFailure extends Error {}

/** Ends the import of one record; the message becomes its error. */
export class ObjectFailure extends Error {
  readonly stage: 'Fetch' | 'Import' | 'Validation';

  constructor(message: string, stage: ObjectFailure['stage'] = 'Import', options?: ErrorOptions) {
    super(message, options);
    this.stage = stage;
  }
}
