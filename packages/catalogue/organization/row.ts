import type { Sql, Tx } from '@portolan/db';

export type GroupKind = 'organization' | 'group';

/** An organisation or group as its row tells it; `created` as PostgreSQL writes it. */
export interface GroupRow {
  id: string;
  name: string;
  title: string | null;
  type: string;
  description: string | null;
  image_url: string | null;
  created: string | null;
  is_organization: boolean;
  approval_status: string | null;
  state: string | null;
}

/** Columns of a `GroupRow`, where the table is called `g`. */
export const groupColumns = `g.id, g.name, g.title, g.type, g.description, g.image_url, g.created,
  coalesce(g.is_organization, false) AS is_organization, g.approval_status, g.state`;

export const kindOf = (group: GroupRow): GroupKind => (group.is_organization ? 'organization' : 'group');

/** An organisation or group by id or name; ids come first. */
export async function findGroup(sql: Sql, reference: unknown): Promise<GroupRow | undefined> {
  if (typeof reference !== 'string' || reference.includes('\0')) return undefined;
  const rows = await sql.prepared<GroupRow>(
    'find_group',
    `SELECT ${groupColumns} FROM "group" g WHERE g.id = $1 OR g.name = $1 ORDER BY g.id = $1 DESC LIMIT 1`,
    [reference],
  );
  return rows[0];
}

/**
 * Like `findGroup`, and nobody else changes the group, its members or its extras until the transaction ends: all
 * who write them take this lock first. Datasets may still join it.
 */
export async function findGroupForUpdate(tx: Tx, reference: unknown): Promise<GroupRow | undefined> {
  const found = await findGroup(tx, reference);
  if (!found) return undefined;
  await tx.prepared('lock_group', `SELECT FROM "group" WHERE id = $1 FOR NO KEY UPDATE`, [found.id]);
  return findGroup(tx, found.id);
}
