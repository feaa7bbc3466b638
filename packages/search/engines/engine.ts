import type { Sql, Tx } from '@portolan/db';
import type { IndexDocument } from '../document/index_document.ts';
import type { SearchMirror } from '../mirror/mirror.ts';
import type { EffectiveQuery } from '../query/effective_query.ts';

export interface SearchHit {
  packageId: string;
  /** The dataset as JSON text, where whole datasets were asked for. */
  document: string | undefined;
  /** The document's fields, where a list of fields was asked for. */
  fields: Record<string, string[]> | undefined;
  score: number | undefined;
}

export interface SearchHits {
  /** All that match, whatever the page. */
  count: number;
  /** By field, in the order in which they are shown. */
  facets: Record<string, FacetValue[]>;
  hits: SearchHit[];
}

export interface FacetValue {
  value: string;
  count: number;
}

/** What is suggested while a dataset's name or title is typed. */
export interface DatasetSuggestion {
  name: string;
  title: string;
}

export interface SuggestQuery {
  text: string;
  limit: number;
  /** What the caller may see; undefined is everything. */
  labels: string[] | undefined;
}

export interface WrittenEntries {
  /** As `entries` gives them. */
  checksums: Map<string, string>;
  /** What they were made by, see `SearchEngine.form`. */
  form: string;
}

/** The port behind which an engine stands. */
export interface SearchEngine {
  /** What keeps OpenSearch like the tables; none where the tables are searched themselves. */
  mirror?: SearchMirror;
  /** Puts documents in place of what is there; visible once `tx` is committed. */
  write(tx: Tx, documents: IndexDocument[]): Promise<WrittenEntries>;
  /** Names what entries are made by now: of the same document, another entry may be made under another name. */
  form(sql: Sql): Promise<string>;
  /** Says that this transaction is one of many that write many documents: `putInOrder` is to follow them. */
  deferOrder(tx: Tx): Promise<void>;
  /** Does what such transactions have left for later. Not inside of one. */
  putInOrder(sql: Sql): Promise<void>;
  remove(tx: Tx, packageIds: string[]): Promise<void>;
  /** Takes everything out. */
  clear(tx: Tx): Promise<void>;
  /** Has every process read anew what it keeps of the index in memory, once `tx` is committed. */
  reload(tx: Tx): Promise<void>;
  /** Of those of these datasets that the index holds: a checksum of the entry as it stands, by dataset. */
  entries(sql: Sql, packageIds: string[]): Promise<Map<string, string>>;
  /** By bucket of datasets, see `rowDigests`: what has the same text has the same entries. */
  digests(sql: Sql): Promise<Map<number, string>>;
  /** Ids of what the index holds, the next `most` after `after` in the engine's own order; '' is the beginning. */
  next(sql: Sql, after: string, most: number): Promise<string[]>;
  /** The document of a dataset, by its id or name, as the index holds it. */
  find(sql: Sql, reference: string): Promise<IndexDocument | undefined>;
  search(sql: Sql, query: EffectiveQuery): Promise<SearchHits>;
  /** Names of the fields that the index has something in or that the schema names, in order. */
  fields(sql: Sql): Promise<string[]>;
  /** What the engine is asked for a search, under the engine's name: for operators, in its own form. */
  describe(sql: Sql, query: EffectiveQuery): Promise<Record<string, unknown>>;
  suggestDatasets(sql: Sql, query: SuggestQuery): Promise<DatasetSuggestion[]>;
  /** Lets go of connections of its own. */
  close?(): Promise<void>;
}
