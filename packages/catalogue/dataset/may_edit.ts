import { type ErrorDict, notFound } from '@portolan/kernel';
import { pythonItems } from '@portolan/schema';
import type { Call, Params } from '../action/call.ts';
import { isTruthy } from '../action/parameters.ts';
import { hasPermission, organizationsWith } from '../authorisation/roles.ts';
import { alwaysAllowed, notAuthorised } from '../authorisation/rules.ts';

interface Editable {
  id: string;
  owner_org: string | null;
}

/** A sysadmin, or the portal's own work. */
export const mayOverrule = (call: Call): boolean => call.ignoreAuth || call.user?.sysadmin === true;

/**
 * Whether the caller may change the dataset: by the role in its organisation, by the rule of unowned datasets, or as a
 * collaborator. Source: CKAN's rule `package_update`.
 */
export async function canEdit(call: Call, dataset: Editable): Promise<boolean> {
  return alwaysAllowed(call) || (await byRole(call, dataset)) || (await isCollaborator(call, dataset.id));
}

/**
 * Throws unless the caller may change the dataset and put it into the groups of `input`.
 * @param inside The dataset whose groups are not asked about; CKAN's package_patch asks about all that are sent.
 * @throws PortolanError `authorization`, `User … not authorized to edit package …`
 */
export async function assertMayEdit(
  call: Call,
  dataset: Editable,
  input?: Params,
  inside: string = dataset.id,
): Promise<void> {
  if (alwaysAllowed(call)) return;
  if (await byRole(call, dataset)) return assertMayJoinGroups(call, input?.['groups'], inside);
  if (await isCollaborator(call, dataset.id)) return;
  throw notAuthorised(call, `edit package ${dataset.id}`);
}

async function byRole(call: Call, { owner_org }: Editable): Promise<boolean> {
  return owner_org ? hasPermission(call, owner_org, 'update_dataset') : mayHaveUnowned(call);
}

/** The rule of datasets without an organisation, for their creation and change alike. */
export async function mayHaveUnowned(call: Call): Promise<boolean> {
  const { anonCreateDataset, createDatasetIfNotInOrganization, createUnownedDataset } = call.site.config;
  const open = createDatasetIfNotInOrganization && createUnownedDataset;
  if (!call.user) return open && anonCreateDataset;
  return open || (await organizationsWith(call, 'create_dataset')).length > 0;
}

async function isCollaborator(call: Call, id: string): Promise<boolean> {
  if (!call.user || !call.site.config.allowCollaborators) return false;
  const rows = await call.sql.prepared(
    'is_collaborator',
    `SELECT 1 FROM package_member WHERE package_id = $1 AND user_id = $2 AND capacity IN ('admin', 'editor')`,
    [id, call.user.id],
  );
  return rows.length > 0;
}

interface GroupRow {
  id: string;
  name: string;
}

/** Ids and names in a list of `{id}`, `{name}` or plain names. Whatever is no list is taken for one as Python would. */
export const groupReferences = (groups: unknown): unknown[] =>
  pythonItems(groups).flatMap((group) => {
    if (typeof group !== 'object' || group === null || Array.isArray(group)) return [group];
    const { id, name } = group as Params;
    return isTruthy(id) ? [id] : isTruthy(name) ? [name] : [];
  });

/** Groups that such a list speaks of; what no row answers to is `missing`. */
export async function findGroups(
  call: Call,
  groups: unknown,
): Promise<{ found: GroupRow[]; missing: boolean }> {
  const references = groupReferences(groups);
  if (references.length === 0) return { found: [], missing: false };
  const found = await call.sql.prepared<GroupRow>(
    'find_groups',
    'SELECT id, name FROM "group" WHERE id = ANY($1) OR name = ANY($1)',
    [references.filter((reference) => typeof reference === 'string' && !reference.includes('\0'))],
  );
  const known = new Set<unknown>(found.flatMap(({ id, name }) => [id, name]));
  return { found, missing: references.some((reference) => !known.has(reference)) };
}

/** Source: CKAN `_check_group_auth`; groups that the dataset is in already are not asked about. */
export async function assertMayJoinGroups(call: Call, groups: unknown, datasetId?: string): Promise<void> {
  const { found, missing } = await findGroups(call, groups);
  if (missing) throw notFound('Group was not found.');
  if (found.length === 0) return;
  const present = await call.sql.prepared<{ id: string }>(
    'groups_of_dataset',
    `SELECT group_id AS id FROM member WHERE table_name = 'package' AND table_id = $1 AND state = 'active'`,
    [datasetId ?? ''],
  );
  const inside = new Set(present.map(({ id }) => id));
  for (const { id } of found) {
    if (inside.has(id) || (await hasPermission(call, id, 'manage_group'))) continue;
    throw notAuthorised(call, 'edit these groups');
  }
}

/** Throws unless the caller may create this dataset. Source: CKAN's rule `package_create`. */
export async function assertMayCreate(call: Call, input: Params): Promise<void> {
  if (alwaysAllowed(call)) return;
  if (!(await mayHaveUnowned(call))) throw notAuthorised(call, 'create packages');
  await assertMayJoinGroups(call, input['groups']);
  const owner = input['owner_org'];
  if (!owner) return;
  const refusal = notAuthorised(call, 'add dataset to this organization');
  if (typeof owner !== 'string') throw refusal;
  const rows = await call.sql.prepared<{ id: string }>(
    'find_group_id',
    `SELECT id FROM "group" WHERE id = $1 OR name = $1 ORDER BY id = $1 DESC LIMIT 1`,
    [owner],
  );
  if (!rows[0] || !(await hasPermission(call, rows[0].id, 'create_dataset'))) throw refusal;
}

/** A missing `id` as CKAN's rules tell it to those who are asked by a rule, and its actions to sysadmins. */
export const missingId = (call: Call, kind: 'Package' | 'Resource' | 'Activity'): ErrorDict =>
  mayOverrule(call) ? { id: ['Missing value'] } : { message: `Missing id, can not get ${kind} object` };
