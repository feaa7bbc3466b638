import { invalidMessage } from '@portolan/kernel';
import type { Call } from '../action/call.ts';
import { hasPermission } from '../authorisation/roles.ts';
import { alwaysAllowed, notAuthorised } from '../authorisation/rules.ts';
import type { DatasetRow } from '../dataset/find.ts';

export const capacities = (call: Call): string[] =>
  call.site.config.allowAdminCollaborators ? ['admin', 'editor', 'member'] : ['editor', 'member'];

export const quotedCapacities = (call: Call): string => `"${capacities(call).join(', ')}"`;

export function assertEnabled(call: Call): void {
  if (!call.site.config.allowCollaborators) throw invalidMessage('Dataset collaborators not enabled');
}

/**
 * Admins of the owner, collaborators who are admins, and of a dataset without an organisation its creator.
 * Source: CKAN `can_manage_collaborators`.
 */
export async function mayManageCollaborators(call: Call, dataset: DatasetRow, what: string): Promise<void> {
  if (alwaysAllowed(call)) return;
  if (dataset.owner_org) {
    if (await hasPermission(call, dataset.owner_org, 'membership')) return;
  } else if (call.site.config.createUnownedDataset && call.user && call.user.id === dataset.creator_user_id)
    return;
  if (await isAdminCollaborator(call, dataset.id)) return;
  throw notAuthorised(call, `${what} this dataset`);
}

async function isAdminCollaborator(call: Call, datasetId: string): Promise<boolean> {
  const { allowCollaborators, allowAdminCollaborators } = call.site.config;
  if (!call.user || !allowCollaborators || !allowAdminCollaborators) return false;
  const rows = await call.sql.prepared(
    'is_admin_collaborator',
    `SELECT FROM package_member WHERE package_id = $1 AND user_id = $2 AND capacity = 'admin'`,
    [datasetId, call.user.id],
  );
  return rows.length > 0;
}
