import type { Sql } from '@portolan/db';
import type { Config } from '@portolan/kernel';

export interface Recipient {
  name: string;
  email: string;
}

/**
 * Who hears of a source's jobs: sysadmins and the admins of its organisation, each address once; or whoever the
 * portal names in their stead.
 */
export async function recipientsOf(
  sql: Sql,
  ownerOrg: string | null,
  { harvestRecipients }: Pick<Config, 'harvestRecipients'>,
): Promise<Recipient[]> {
  if (harvestRecipients.length > 0) return harvestRecipients.map((email) => ({ name: email, email }));
  return sql.rows<Recipient>(
    `SELECT DISTINCT ON (email) name, email FROM "user" u WHERE state = 'active' AND trim(coalesce(email, '')) <> ''
       AND (sysadmin OR id IN (SELECT table_id FROM member WHERE group_id = $1 AND table_name = 'user'
                                 AND capacity = 'admin' AND state = 'active'))
     ORDER BY email, name`,
    [ownerOrg],
  );
}
