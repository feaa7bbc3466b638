import { rowDigests, type Sql, writingOf } from '@portolan/db';
import type { IndexDocument } from '../../document/index_document.ts';
import {
  checksumsOf,
  documentChecksum,
  type EntryRow,
  entryChecksum,
  postingChecksum,
} from './row_checksum.ts';

/** Whole rows are hashed: an entry that was altered by hand has another checksum. */
export async function readEntries(sql: Sql, packageIds: string[]): Promise<Map<string, string>> {
  const rows = await sql.prepared<EntryRow>(
    'search_entries',
    `SELECT package_id, ${entryChecksum(documentChecksum('d'), postingChecksum('p'))} AS checksum
     FROM portolan.search_document AS d LEFT JOIN portolan.search_posting AS p USING (number)
     WHERE package_id = ANY ($1)`,
    [packageIds],
  );
  return checksumsOf(rows);
}

export const entryDigests = (sql: Sql): Promise<Map<number, string>> =>
  rowDigests(
    sql,
    `SELECT package_id AS key, ${writingOf('d', 'p')} AS writing
     FROM portolan.search_document AS d LEFT JOIN portolan.search_posting AS p USING (number)`,
  );

export async function nextIds(sql: Sql, after: string, most: number): Promise<string[]> {
  const rows = await sql.rows<{ package_id: string }>(
    'SELECT package_id FROM portolan.search_document WHERE package_id > $1 ORDER BY package_id LIMIT $2',
    [after, most],
  );
  return rows.map(({ package_id }) => package_id);
}

/** An id is looked for before a name: a name that reads like another dataset's id does not stand in for it. */
export async function findDocument(sql: Sql, reference: string): Promise<IndexDocument | undefined> {
  const [row] = await sql.rows<{ package_id: string; labels: string[]; fields: Record<string, string[]> }>(
    `SELECT package_id, labels, fields FROM portolan.search_document
     WHERE package_id = $1 OR name = $1 ORDER BY package_id = $1 DESC LIMIT 1`,
    [reference],
  );
  return row && { packageId: row.package_id, labels: row.labels, fields: row.fields };
}
