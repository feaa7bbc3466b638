import { denied, invalid, notFound } from '@portolan/kernel';
import type { Params, WriteCall } from '../action/call.ts';
import { optionalText } from '../action/parameters.ts';
import { hasPermission } from '../authorisation/roles.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { catchUpWith } from '../index/catch_up.ts';
import { datasetType } from './dataset_types.ts';
import { finishDatasets } from './finish.ts';
import { writeTime } from './write_parts.ts';

export const bulkParameters = {
  datasets: { type: 'list', required: true, meaning: 'Ids of datasets of the organisation.' },
  org_id: { type: 'text', required: true, meaning: 'Id or name of the organisation.' },
} as const;

/** Admins of the organisation. Source: CKAN's rule `bulk_update_…`; it says no more than `Access denied`. */
export async function authoriseBulk(call: WriteCall, params: Params): Promise<string | undefined> {
  const reference = optionalText(params, 'org_id');
  const rows = reference
    ? await call.sql.prepared<{ id: string }>(
        'find_organization_of_bulk',
        `SELECT id FROM "group" WHERE (id = $1 OR name = $1) AND is_organization LIMIT 1`,
        [reference],
      )
    : [];
  const id = rows[0]?.id;
  if (alwaysAllowed(call)) return id;
  if (id === undefined || !(await hasPermission(call, id, 'update'))) throw denied();
  return id;
}

/**
 * Changes the listed datasets of an organisation; those of another owner are left out in silence. When one does not
 * exist, the call complains of it after the others are changed, as in CKAN.
 */
export async function changeMany(
  call: WriteCall,
  params: Params,
  organization: string | undefined,
  change: { private: boolean } | { state: 'deleted' },
): Promise<null> {
  const ids = params['datasets'] ?? [];
  if (!Array.isArray(ids)) throw invalid({ datasets: ['Not a list'] });
  const texts = ids.filter((id): id is string => typeof id === 'string');
  // In one order whoever asks, so that two bulk changes never wait for each other in a circle.
  const rows = await call.sql.prepared<{ id: string; owner_org: string | null; type: string | null }>(
    'lock_datasets',
    'SELECT id, owner_org, type FROM package WHERE id = ANY($1) ORDER BY id FOR UPDATE',
    [texts],
  );
  const own = rows.filter((row) => organization !== undefined && row.owner_org === organization);
  if (rows.length < new Set(ids).size)
    call.sql.afterCommit(async () => {
      await catchUpWith(
        call.site,
        own.map((row) => row.id),
      );
      throw notFound('package');
    });
  const [column, value] = 'private' in change ? ['private', change.private] : ['state', change.state];
  await call.sql.rows(`UPDATE package SET ${column} = $2, metadata_modified = $3 WHERE id = ANY($1)`, [
    own.map((row) => row.id),
    value,
    writeTime(call),
  ]);
  if ('state' in change) for (const { id, type } of own) await datasetType(type)?.deleted(call, id);
  await finishDatasets(
    call,
    own.map((row) => row.id),
    'changed',
  );
  return null;
}
