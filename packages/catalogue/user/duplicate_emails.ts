import type { Sql } from '@portolan/db';

/** Addresses that more than one active account has, in whatever case, which CKAN 2.10 and later refuse. */
export const duplicateEmails = (sql: Sql) =>
  sql.rows<{ email: string; names: string[] }>(
    `SELECT lower(email) AS email, array_agg(name ORDER BY name) AS names FROM "user"
     WHERE state = 'active' AND email <> '' GROUP BY lower(email) HAVING count(*) > 1 ORDER BY 1`,
  );
