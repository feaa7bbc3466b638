import { lockNames, type Tx } from '@portolan/db';
import type { Site, WriteCall } from '../action/call.ts';
import { recordActivity } from '../activity/record.ts';
import { auditedCall, noteAudit } from '../audit/note.ts';
import { createToken } from '../token/create_token.ts';
import { decodeToken } from '../token/jwt.ts';
import { findUser, type UserRow } from './row.ts';
import { insertUser, updateUser } from './store.ts';

export interface FirstSysadmin {
  name: string;
  email: string;
  fullname?: string;
  password?: string;
  /** The text of a token of this site, to be valid again; else a new one is made. */
  token?: string;
}

/**
 * Makes sure that the site has its own account (`config.siteId`, which background work runs as) and this sysadmin
 * with a token. Doing it twice harms nothing: an account that exists becomes an active sysadmin and keeps the rest.
 */
export async function createSysadmin(
  site: Site,
  sysadmin: FirstSysadmin,
): Promise<{ id: string; token: string }> {
  return site.db.transact(async (tx) => {
    // Two processes may start at once on a new database.
    await lockNames(tx, 'user', [site.config.siteId, sysadmin.name]);
    await ensureSiteUser(site, tx);
    const { token, ...account } = sysadmin;
    const found = await findUser(tx, sysadmin.name);
    const user = found
      ? await updateUser(site, tx, found.id, { sysadmin: true, state: 'active' })
      : await insertUser(site, tx, { ...account, sysadmin: true });
    if (!found) await recordActivity(ownCall(site, tx), { type: 'new user', object: user.id, user: user.id });
    const params = { name: sysadmin.name, sysadmin: true };
    await noteAudit(tx, auditedCall('sysadmin_add', { via: 'cli', user: undefined }, params), 'done', [
      user.id,
    ]);
    return { id: user.id, token: await ensureToken(site, tx, user, token) };
  });
}

/** The account that background work runs as; nobody logs in with it. */
export async function ensureSiteUser(site: Site, tx: Tx): Promise<UserRow> {
  const { siteId } = site.config;
  return (await findUser(tx, siteId)) ?? insertUser(site, tx, { name: siteId, sysadmin: true });
}

const ownCall = (site: Site, tx: Tx): WriteCall => ({
  site,
  sql: tx,
  user: undefined,
  ignoreAuth: true,
  logger: site.logger,
  localePrefix: '',
});

async function ensureToken(site: Site, tx: Tx, user: UserRow, wanted: string | undefined): Promise<string> {
  const name = 'first token';
  const claims = wanted && (await decodeToken(site.config, wanted, site.runtime.now()));
  if (!wanted || !claims) return (await createToken(site, tx, { userId: user.id, name })).token;
  const rows = await tx.rows(`SELECT FROM api_token WHERE id = $1`, [claims.id]);
  if (rows.length === 0)
    await createToken(site, tx, { userId: user.id, name, id: claims.id, issued: claims.issued * 1000 });
  return wanted;
}
