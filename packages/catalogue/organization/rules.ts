import { denied, notFound } from '@portolan/kernel';
import type { Call } from '../action/call.ts';
import { hasPermission, type Permission } from '../authorisation/roles.ts';
import { alwaysAllowed, notAuthorised } from '../authorisation/rules.ts';
import type { GroupKind, GroupRow } from './row.ts';

async function require(call: Call, group: GroupRow, permission: Permission, what: string): Promise<void> {
  if (alwaysAllowed(call) || (await hasPermission(call, group.id, permission))) return;
  throw notAuthorised(call, what);
}

/** Active ones are for everybody, their accounts only where accounts are; others for who may read them. */
export async function mayReadGroup(call: Call, group: GroupRow, withUsers = false): Promise<void> {
  if (group.state === 'active' && (!withUsers || call.site.config.publicUserDetails)) {
    alwaysAllowed(call);
    return;
  }
  await require(call, group, 'read', `read group ${group.id}`);
}

export const mayEditGroup = (call: Call, group: GroupRow, kind: GroupKind): Promise<void> =>
  require(call, group, 'update', `edit ${kind} ${group.id}`);

export async function mayDeleteGroup(call: Call, group: GroupRow, kind: GroupKind): Promise<void> {
  await require(call, group, 'delete', `delete ${kind} ${group.id}`);
  const { userDeleteGroups, userDeleteOrganizations } = call.site.config;
  const allowed = kind === 'organization' ? userDeleteOrganizations : userDeleteGroups;
  if (!allowed && !alwaysAllowed(call)) throw notAuthorised(call, `delete ${kind}s`);
}

/** Sysadmins, and every account where the settings say so. */
export function mayCreateGroup(call: Call, kind: GroupKind): undefined {
  if (alwaysAllowed(call)) return;
  const { userCreateGroups, userCreateOrganizations, profile } = call.site.config;
  if (profile === 'datagovuk')
    throw denied(`Only system administrators can create ${kind === 'group' ? 'groups' : 'organisations'}`);
  if (call.user && (kind === 'organization' ? userCreateOrganizations : userCreateGroups)) return;
  throw denied(`User ${call.user?.name ?? 'None'} not authorized to create ${kind}s`);
}

/** To give and take roles. An unknown group tells nothing of itself to those who may not. */
export async function mayAddMembers(call: Call, group: GroupRow | undefined): Promise<void> {
  if (alwaysAllowed(call)) return;
  if (group && (await hasPermission(call, group.id, 'membership'))) return;
  throw notAuthorised(call, 'add members');
}

/** Datasets are put into a group by whoever has a role in it; everything else is its admins' to change. */
export const mayChangeMembers = (call: Call, group: GroupRow, objectType: string): Promise<void> =>
  require(call, group, !group.is_organization && objectType === 'package'
    ? 'manage_group'
    : 'update', `edit group ${group.id}`);

export function ofKind(group: GroupRow | undefined, kind: GroupKind, message?: string): GroupRow {
  if (!group || group.is_organization !== (kind === 'organization')) throw notFound(message);
  return group;
}
