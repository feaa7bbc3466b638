import type { Sql, Tx } from '@portolan/db';

/** A dataset in the form of package_show, as far as the harvester looks at it; further keys pass through. */
export interface DatasetDict {
  id?: string;
  name?: string;
  title?: string | null;
  type?: string | null;
  state?: string | null;
  owner_org?: string | null;
  metadata_modified?: string | null;
  extras?: { key: string; value: unknown }[];
  tags?: { name: string; [key: string]: unknown }[];
  groups?: { id?: string; name?: string; [key: string]: unknown }[];
  resources?: Record<string, unknown>[];
  [key: string]: unknown;
}

export interface WriteOptions {
  /** Tags of any length and any characters. */
  freeTags?: boolean;
  /** Written as whoever writes the datasets of spatial sources. */
  spatial?: boolean;
}

/** Why a dataset is not written. */
export interface Refusal {
  error: unknown;
}

/**
 * How harvested datasets get into the catalogue: with its validation, activity and index entry, as the
 * harvest user, rules not asked. Everything happens in the given transaction.
 * A dict that does not validate is refused with PortolanError `validation` and CKAN's `fields`.
 */
export interface DatasetWriter {
  /** By id, whatever its state. */
  find(sql: Sql, id: string): Promise<DatasetDict | undefined>;
  /** Those that are there. */
  findMany(sql: Sql, ids: readonly string[]): Promise<Map<string, DatasetDict>>;
  /**
   * The dicts bring their `id` and `name`, no two the same. One that does not validate leaves the others alone.
   * @returns each as `find` would give it, or why it is refused
   * @throws what the database says when another writer took a name or an id meanwhile
   */
  create(
    tx: Tx,
    datasets: readonly DatasetDict[],
    options?: WriteOptions,
  ): Promise<(DatasetDict | Refusal)[]>;
  /**
   * Replaces datasets, no two of them one; those that were deleted come back with `state: active`. One that does not
   * validate leaves the others alone.
   * @returns each as `find` would give it, or why it is refused
   * @throws what the database says when another writer took a name meanwhile
   */
  update(
    tx: Tx,
    datasets: readonly DatasetDict[],
    options?: WriteOptions,
  ): Promise<(DatasetDict | Refusal)[]>;
  delete(tx: Tx, ids: readonly string[], options?: WriteOptions): Promise<void>;
  /** Makes a group or organisation unless it is there by id. */
  createGroup(
    tx: Tx,
    group: { id: string; name: string; is_organization: boolean; [key: string]: unknown },
  ): Promise<void>;
}
