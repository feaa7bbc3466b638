import type { Sql, Tx } from '@portolan/db';
import { validResetKey } from './reset_key.ts';

/** An account as its row tells it; times as PostgreSQL writes them. */
export interface UserRow {
  id: string;
  name: string;
  fullname: string | null;
  email: string | null;
  about: string | null;
  created: string | null;
  last_active: string | null;
  sysadmin: boolean;
  state: string;
  apikey: string | null;
  password: string | null;
  reset_key: string | null;
  activity_streams_email_notifications: boolean;
  plugin_extras: Record<string, unknown> | null;
  image_url: string | null;
  /** Public active datasets that the account made. */
  number_created_packages: number;
}

/** Columns of a `UserRow`, where the table is called `u`. */
export const userColumns = `u.id, u.name, u.fullname, u.email, u.about, u.created, u.last_active,
  coalesce(u.sysadmin, false) AS sysadmin, u.state, u.apikey, u.password, ${validResetKey} AS reset_key,
  coalesce(u.activity_streams_email_notifications, false) AS activity_streams_email_notifications,
  u.plugin_extras, u.image_url,
  (SELECT count(*)::int FROM package p WHERE p.creator_user_id = u.id AND p.state = 'active'
     AND p.private IS NOT TRUE) AS number_created_packages`;

/** An account by id or name; ids come first. */
export async function findUser(sql: Sql, reference: unknown): Promise<UserRow | undefined> {
  if (typeof reference !== 'string' || reference.includes('\0')) return undefined;
  const rows = await sql.prepared<UserRow>(
    'find_user',
    `SELECT ${userColumns} FROM "user" u WHERE u.id = $1 OR u.name = $1 ORDER BY u.id = $1 DESC LIMIT 1`,
    [reference],
  );
  return rows[0];
}

/** Like `findUser`, and nobody else changes the account until the transaction ends. */
export async function findUserForUpdate(tx: Tx, reference: unknown): Promise<UserRow | undefined> {
  const found = await findUser(tx, reference);
  if (!found) return undefined;
  await tx.prepared('lock_user', `SELECT FROM "user" WHERE id = $1 FOR NO KEY UPDATE`, [found.id]);
  return findUser(tx, found.id);
}
