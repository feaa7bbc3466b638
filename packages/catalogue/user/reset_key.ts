import type { Sql, Tx } from '@portolan/db';
import type { Site } from '../action/call.ts';

const keyBytes = 16;

/** Column of an account's key; one that has expired is none. */
export const validResetKey = `CASE WHEN EXISTS (SELECT FROM portolan.reset_key k
    WHERE k.user_id = u.id AND k.key = u.reset_key AND k.expires < now()) THEN NULL ELSE u.reset_key END`;

/** Gives the account a new key; the one before opens nothing any more. `hours` 0 is for ever. */
export async function renewResetKey(site: Site, tx: Tx, userId: string, hours: number): Promise<string> {
  const key = site.runtime.bytes(keyBytes).toString('hex');
  await tx.rows('UPDATE "user" SET reset_key = $2 WHERE id = $1', [userId, key]);
  await tx.rows(
    `INSERT INTO portolan.reset_key (user_id, key, expires)
     VALUES ($1, $2, CASE WHEN $3 > 0 THEN now() + $3 * interval '1 hour' END)
     ON CONFLICT (user_id) DO UPDATE SET key = $2, issued = now(), expires = excluded.expires`,
    [userId, key, hours],
  );
  return key;
}

/** Whether the account was given a key in the last minute: nobody's mailbox is filled by asking again and again. */
export async function hasFreshResetKey(sql: Sql, userId: string): Promise<boolean> {
  const rows = await sql.rows(
    `SELECT FROM portolan.reset_key WHERE user_id = $1 AND issued > now() - interval '1 minute'`,
    [userId],
  );
  return rows.length > 0;
}

export const resetLink = (site: Site, userId: string, key: string): string =>
  `${site.config.siteUrl}/user/reset/${userId}?key=${key}`;
