import type { Sql } from '@portolan/db';
import type { IndexDocument } from '../../document/index_document.ts';

export async function heldIds(sql: Sql, packageIds: string[]): Promise<string[]> {
  const rows = await sql.rows<{ package_id: string }>(
    'SELECT package_id FROM portolan.search_document WHERE package_id = ANY ($1)',
    [packageIds],
  );
  return rows.map(({ package_id }) => package_id);
}

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
