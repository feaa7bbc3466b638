import type { Sql, Tx } from '@portolan/db';
import type { FetchDocument, Fetcher, RequestOptions } from '@portolan/fetcher';
import type { Logger, Runtime } from '@portolan/kernel';
import type { Validators } from './conditional/validators.rules.ts';
import type { DatasetDict, DatasetWriter } from './dataset_writer.ts';
import type { Source } from './source/source.repo.ts';

/** One remote record as gather finds it. */
export interface RecordDescriptor {
  /** Identity of the record from the source's point of view. */
  guid: string;
  /** Tells records of one listing apart that claim the same GUID; without it the first of them counts. */
  key?: string;
  /** The listing gives no identifier, and `guid` is a stand-in; tells the record to who feeds it, by its title say. */
  unidentified?: string;
  /** The listing says that the record is the same as when it was last imported: nothing is fetched. */
  unchanged?: true;
  /** The record itself, when the listing already brings it. */
  content?: string;
  extras?: Record<string, string>;
  /** The record's own time of change, verbatim. */
  remoteModified?: string;
  /** The document that the content was read from. */
  document?: SeenDocument;
}

/** A document of one record, in the version that the next job asks about. */
export interface SeenDocument {
  /** As `knownDocument` is asked for it. */
  url: string;
  validators: Validators;
}

/** What a driver may know of the portal that harvests. */
export interface HarvestingPortal {
  url: string;
  /** Whose texts are taken where there are several. */
  language: string;
  /** Validation profiles of spatial records, for sources that name none. */
  validatorProfiles: readonly string[];
  /** Records that fail validation are imported all the same, with their errors. */
  continueOnValidationErrors: boolean;
  /** How spatial records are imported, for sources that do not say. */
  spatial: {
    /** Texts that are written as links are read. */
    anchors: boolean;
    /** The addresses of generic records' resources are asked for their capabilities. */
    validateWms: boolean;
    /** Tags of GEMINI records that CKAN's rules refuse are left out, with an error each. */
    dropBadTags: boolean;
    /** GEMINI records whose constraints say nothing but the OGL get its id. */
    detectLicense: boolean;
  };
  /** Bytes of one record. */
  maxRecordBytes: number;
  /** Tags of a record, or extras, or groups. */
  maxEntries: number;
  /** Seconds of a processor that reading a document may take. */
  maxDocumentSeconds: number;
  /** How far before the last error-free job changes are asked for. */
  overlapMinutes: number;
  /** Records of a data.json keep what CKAN's harvester leaves out, for sources that do not say. */
  dataJsonAdditions: boolean;
  /** How DCAT in RDF is read. */
  rdf: {
    /** Every keyword is made to fit CKAN's rules for tags, not only those that do not. */
    cleanTags: boolean;
    /** Formats are spelled as the portal spells them. */
    normalizeFormats: boolean;
    /** Datasets tell of the catalogue that they come from. */
    subcatalogues: boolean;
  };
}

interface DriverContext {
  source: Source;
  portal: HarvestingPortal;
  /** The source's configuration, parsed; `{}` when it has none. */
  config: Record<string, unknown>;
  jobId: string;
  fetcher: Fetcher;
  sql: Sql;
  logger: Logger;
  runtime: Runtime;
  /** Aborted when the job is cancelled or the process stops. */
  signal: AbortSignal;
  /**
   * The version of a document that the source's current record with this GUID was made from, to ask whether it is still
   * that; nothing when everything is to be read anew.
   * @param guid when it is known; else the one that the document had
   */
  knownDocument(url: string, guid?: string): Promise<(Validators & { guid: string }) | undefined>;
}

export interface GatherContext extends DriverContext {
  /** Where an interrupted gather of this job had got to, as given to `checkpoint`. */
  cursor: unknown;
  /** Start of the latest job of this source that had no errors; UTC, `YYYY-MM-DD HH:MM:SS.ffffff`. */
  lastErrorFree: string | undefined;
  /**
   * Call it after each page: a restart continues from the `cursor` that was stored last, together with everything
   * yielded before it. That is this one or one of the last five seconds.
   * @returns how many of the records since the last checkpoint were new to the job
   */
  checkpoint(cursor: unknown): Promise<{ added: number }>;
  /**
   * Reads one of the documents that alone say which records there are, and what of them. When none of them has changed
   * since a job that took everything, the gathering ends with the first call, and all records are as they were.
   * @throws FetchError
   */
  readListing(url: string, options?: RequestOptions): Promise<FetchDocument>;
  /**
   * Notes a problem that does not end the gathering; nothing is deleted by a job that has one.
   * @param about tells it from the listing's other problems, so that one that is read again after a crash has it once
   */
  error(message: string, about?: string): Promise<void>;
  /** Notes what is wrong with a record that is not yielded, for the report of the feed's health. */
  finding(kind: 'duplicate' | 'unidentified', record: string): void;
  /** The listing was complete: records that it did not hold are gone. */
  deleteMissing(): void;
  /** The listing was complete, but tells only where its records are: what is done when all of them have been read. */
  onceRead(then: OnceRead): void;
  /** GUIDs that are current for the source already, among these. */
  known(guids: string[]): Promise<Set<string>>;
}

type RemoteGroup = Parameters<DatasetWriter['createGroup']>[1];

/** What a job does when it has read every record of a listing that told only where they are. */
export interface OnceRead {
  /** Records that none of the documents was are gone. */
  deleteMissing: boolean;
  /** The job's error when none of the documents was a record. */
  ifNone: string;
}

export interface ObjectContext extends DriverContext {
  object: HarvestedObject;
  /** The operator wants the record imported even if it has not changed. */
  forced: boolean;
  /** Whether the source's current record with this GUID was made of this very content; no when everything is to be read anew. */
  isCurrent(content: string | null): Promise<boolean>;
  /** Makes a remote's group or organisation here unless it is there by id, in a transaction of its own. */
  ensureGroup(group: RemoteGroup): Promise<void>;
  /** What the driver found out that holds for the other records of this run, too. */
  found: Map<string, unknown>;
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
  /** Its dataset keeps its name when the title changes, as that of a `remote` one does in any case. */
  keepsName?: boolean;
  remoteModified?: string;
  /** The GUID that the record itself tells, when the listing had only a stand-in for it. */
  guid?: string;
  /** Date of the metadata, UTC, `YYYY-MM-DD HH:MM:SS`. */
  metadataDate?: string;
  /** What is wrong with the record although it is imported. */
  problems?: ObjectProblem[];
  /** Tags are taken as they are, whatever CKAN's rules for them say. */
  freeTags?: true;
}

export interface ObjectProblem {
  message: string;
  stage: 'Fetch' | 'Import' | 'Validation';
  /** Of the record's text, from 1. */
  line?: number | null;
}

/** What a driver decides about a mapped record, seeing what is there already. */
export type Settlement =
  /** `same`: it says what the current record says, though not in the same bytes; the next listing may tell by these. */
  | { write: false; reason: string; same?: true }
  /** `retires`: id of another record that is current no more then. */
  | { write: true; packageId?: string; retires?: string };

/** A record that a driver decides about. */
export interface RecordToSettle {
  context: ObjectContext;
  mapped: MappedRecord;
}

/** What the fetch stage brings: the content, or extras that stand for it. */
export interface FetchedContent {
  content: string | null;
  /** The GUID that it tells itself, where the listing told only where it is. */
  guid?: string;
  extras?: Record<string, string>;
  /** What the content was read from. */
  document?: SeenDocument;
  /** The source's current record was made of this very content: it is as it was, and is not looked at again. */
  same?: boolean;
}

/** What a configuration is checked against. */
export interface ConfigFacts {
  sql: Sql;
  /** A group by id or name, as group_show answers it. */
  group(reference: string): Promise<Record<string, unknown> | undefined>;
}

/** Why a record could not be imported, where the driver has not said it itself. */
export interface ImportFailure {
  guid: string;
  content: string | null;
  /** What the catalogue's rules have against the dataset, as Python prints it; none when it is something else. */
  validation: string | undefined;
  message: string;
  /** The dataset was there already. */
  exists: boolean;
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
  /** Its datasets are written as `ckanext.spatial.harvest.user_name`. */
  spatial?: true;
  /** GUIDs are the same wherever a record is harvested from: a source takes over what one had that is gone. */
  globalGuids?: true;
  /** Its listing leaves records out that have not changed, and so they are when the whole listing has not. */
  listsChangesOnly?: true;
  /**
   * Checks the configuration as entered and returns what is stored.
   * @throws ConfigurationError with the text that CKAN shows
   */
  validateConfig(text: string, facts: ConfigFacts): Promise<string> | string;
  /** Streams the records. @throws GatherFailure to end the job with an error */
  gather(context: GatherContext): AsyncIterable<RecordDescriptor>;
  /** Brings the content of a record whose listing had none. @throws ObjectFailure, NoRecord */
  fetch?(context: ObjectContext): Promise<FetchedContent | 'unchanged'>;
  /** @throws ObjectFailure */
  toDataset(context: ObjectContext): Promise<MappedRecord | 'ignored'> | MappedRecord | 'ignored';
  /**
   * Decides under the locks of the records' GUIDs, no two the same, instead of the comparison with the last import,
   * whether each is written, and to which dataset when it is not the one that follows from source and GUID.
   * @returns an answer for each, in their order; a failure refuses the record
   */
  settle?(tx: Tx, records: readonly RecordToSettle[]): Promise<(Settlement | ObjectFailure)[]>;
  /** The report's words for a failure, where CKAN has others than `Invalid package with GUID` and `System error`. */
  failureText?(failure: ImportFailure): string;
  /** Link for the job report. */
  originalUrl?(source: Source, object: HarvestedObject): string | undefined;
}

export class ConfigurationError extends Error {}

/** Ends the gathering; the message becomes the job's gather error. */
export class GatherFailure extends Error {}

/** What a listing led to is no record: the job gives its place up, and tells why among its own errors. */
export class NoRecord extends Error {
  readonly errors: readonly string[];
  /** It is one but for its identifier; what it is called in the report of the feed's health. */
  readonly unidentified: string | undefined;

  constructor(errors: readonly string[], options: ErrorOptions & { unidentified?: string } = {}) {
    super(errors.at(-1), options);
    this.errors = errors;
    this.unidentified = options.unidentified;
  }
}

/** Ends the import of one record; the message becomes its error. */
export class ObjectFailure extends Error {
  readonly stage: 'Fetch' | 'Import' | 'Validation';
  /** Of the record's text, from 1. */
  readonly line: number | null;
  /** What else is wrong with it. */
  readonly further: readonly ObjectProblem[];
  /** Of the record, where it has told that already. */
  readonly guid: string | undefined;

  constructor(
    message: string,
    stage: ObjectFailure['stage'] = 'Import',
    options: ErrorOptions & {
      line?: number | null;
      further?: readonly ObjectProblem[];
      guid?: string | undefined;
    } = {},
  ) {
    super(message, options);
    this.stage = stage;
    this.line = options.line ?? null;
    this.further = options.further ?? [];
    this.guid = options.guid;
  }
}
