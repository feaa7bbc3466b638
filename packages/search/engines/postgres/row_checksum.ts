import { documentColumns } from './row_columns.ts';

export interface EntryRow {
  package_id: string;
  checksum: string;
}

const hashOf = (values: string) => `hash_record_extended(ROW(${values}), 0)::text`;

/** SQL for the checksum of a document's row `alias`: over all of it, not what somebody said of it. */
export const documentChecksum = (alias: string): string =>
  hashOf(documentColumns.map((column) => `${alias}.${column}`).join(', '));

/** SQL for the checksum of what it is found by. PostgreSQL has no hash of vectors itself. */
export const postingChecksum = (alias: string): string =>
  hashOf(`tsvectorsend(${alias}.terms), ${alias}.exact::text[]`);

/** SQL for the checksum of an entry. As text: each of its parts has 64 bits. */
export const entryChecksum = (document: string, posting: string): string =>
  `${document} || ' ' || ${posting}`;

export const checksumsOf = (rows: EntryRow[]): Map<string, string> =>
  new Map(rows.map(({ package_id, checksum }) => [package_id, checksum]));
