import type { Sql } from '@portolan/db';

export interface DatasetRow {
  id: string;
  name: string;
  state: string | null;
  private: boolean | null;
  owner_org: string | null;
  creator_user_id: string | null;
  type: string | null;
}

/** A dataset by id or, failing that, by name; ids come first. */
export async function findDataset(sql: Sql, reference: string): Promise<DatasetRow | undefined> {
  const rows = await sql.prepared<DatasetRow>(
    'find_dataset',
    `SELECT id, name, state, private, owner_org, creator_user_id, type FROM package
     WHERE id = $1 OR name = $1 ORDER BY id = $1 DESC LIMIT 1`,
    [reference],
  );
  return rows[0];
}

/** Like `findDataset`, and nobody else changes the dataset until the transaction ends. */
export async function findDatasetForUpdate(sql: Sql, reference: string): Promise<DatasetRow | undefined> {
  const found = await findDataset(sql, reference);
  if (!found) return undefined;
  const rows = await sql.prepared<DatasetRow>(
    'lock_dataset',
    `SELECT id, name, state, private, owner_org, creator_user_id, type FROM package WHERE id = $1 FOR UPDATE`,
    [found.id],
  );
  return rows[0];
}
