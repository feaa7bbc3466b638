import type { Site } from '@portolan/catalogue';

/** An account in a list; never with a secret. */
export interface AccountLine {
  id: string;
  name: string;
  fullname: string | null;
  email: string | null;
  sysadmin: boolean;
}

/** All active accounts, also the site's own, which `user_list` leaves out; oldest first, as `ckan user list` has them. */
export const activeAccounts = (site: Site): Promise<AccountLine[]> =>
  site.db.rows<AccountLine>(
    `SELECT id, name, fullname, email, coalesce(sysadmin, false) AS sysadmin
     FROM "user" WHERE state = 'active' ORDER BY created, name`,
  );
