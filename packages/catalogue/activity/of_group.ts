import { notFound } from '@portolan/kernel';
import type { Call, Params } from '../action/call.ts';
import { requiredText } from '../action/parameters.ts';

/** The group or organisation that `id` speaks of. @throws PortolanError `notFound`, also for the other kind */
export async function requireGroupId(call: Call, params: Params, isOrganization: boolean): Promise<string> {
  const rows = await call.sql.prepared<{ id: string }>(
    'find_group_of_kind',
    `SELECT id FROM "group" WHERE (id = $1 OR name = $1) AND is_organization = $2 ORDER BY id = $1 DESC LIMIT 1`,
    [requiredText(params, 'id'), isOrganization],
  );
  if (!rows[0]) throw notFound();
  return rows[0].id;
}
