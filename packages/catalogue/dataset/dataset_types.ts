import type { ErrorDict } from '@portolan/kernel';
import type { Call, Params, WriteCall } from '../action/call.ts';
import type { StoredDataset } from './load.ts';
import type { DatasetDict } from './presenter.ts';

/** A write of a dataset with a type of its own, checked and not yet done. */
export interface PreparedWrite {
  /** What the catalogue is to check and store, as of any dataset. */
  input: Params;
  /** What is wrong with the fields of the type; told together with what the catalogue finds. */
  errors: ErrorDict;
  /** Called after the rows of the dataset are written, in the same transaction. */
  written(dataset: DatasetDict): Promise<void>;
}

/** What a package adds to datasets of one `type`. */
export interface DatasetType {
  /** As lists, searches, activities and stored documents tell it: nothing that only some may see. */
  present(stored: StoredDataset): DatasetDict;
  /** The rows that its index entry is made of: nothing that only some may see. */
  indexed(stored: StoredDataset): StoredDataset;
  /** As package_show and the writes answer it to this caller. */
  show(call: Call, stored: StoredDataset): Promise<DatasetDict>;
  /** @param stored the rows that are there, or nothing when the dataset is made */
  prepare(call: WriteCall, input: Params, stored: StoredDataset | undefined): Promise<PreparedWrite>;
  /** Called after the dataset was marked as deleted, in the same transaction. */
  deleted(call: WriteCall, id: string): Promise<void>;
}

const table = new Map<string, DatasetType>();
let sealed = false;

/** Adds a type. Only before the first dataset is touched: none is to be treated differently from the next. */
export function registerDatasetType(name: string, type: DatasetType): void {
  if (sealed) throw new Error(`The dataset type ${name} comes too late`);
  if (table.has(name)) throw new Error(`There are two dataset types ${name}`);
  table.set(name, type);
}

/** The type's additions; nothing for ordinary datasets. */
export function datasetType(name: unknown): DatasetType | undefined {
  sealed = true;
  return typeof name === 'string' ? table.get(name) : undefined;
}
