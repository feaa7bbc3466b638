import { ensureSiteUser, type Site, type User } from '@portolan/catalogue';

/** The account that the portal's own work is done as. */
export async function portalUser(site: Site): Promise<User> {
  const account = await site.db.transact((tx) => ensureSiteUser(site, tx));
  return { ...account, sysadmin: true };
}
