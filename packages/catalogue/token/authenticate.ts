import type { Sql } from '@portolan/db';
import type { Site, User } from '../action/call.ts';
import { expiryOf } from './expiry.rules.ts';
import { decodeToken } from './jwt.ts';
import { noteUse } from './note_use.ts';

interface TokenRow extends User {
  token: string;
  last_access: string | null;
  last_active: string | null;
  extras: unknown;
}

/** Longer headers are nobody's token, and nothing is computed over them. */
const longest = 4096;

/**
 * The account behind a token header (`eyJ…`, also after `Bearer `), or nobody: a wrong, revoked or expired token
 * and one of an account that is not active are no errors. One statement, nothing cached: what operators change in
 * the tables holds with the next request.
 */
export async function authenticate(
  site: Site,
  sql: Sql,
  header: string | undefined,
): Promise<User | undefined> {
  const token = header?.replace(/^Bearer\s+/i, '').trim();
  if (!token || token.length > longest) return undefined;
  const now = site.runtime.now();
  const claims = await decodeToken(site.config, token, now);
  if (!claims) return undefined;
  const rows = await sql.prepared<TokenRow>(
    'authenticate',
    `SELECT t.id AS token, t.last_access, u.last_active, t.plugin_extras AS extras,
       u.id, u.name, coalesce(u.sysadmin, false) AS sysadmin, u.state, u.email, u.fullname
     FROM api_token t JOIN "user" u ON u.id = t.user_id
     WHERE t.id = $1 AND u.state = 'active'`,
    [claims.id],
  );
  const row = rows[0];
  if (!row) return undefined;
  const end = expiryOf(row.extras);
  if (end !== undefined && end <= now) return undefined;
  await noteUse(site, row);
  const { name, sysadmin, state, email, fullname } = row;
  return { id: row.id, name, sysadmin, state, email, fullname, token: row.token };
}
