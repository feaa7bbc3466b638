import type { Call } from '../action/call.ts';

export type Permission =
  | 'admin'
  | 'membership'
  | 'read'
  | 'create_dataset'
  | 'update_dataset'
  | 'delete_dataset'
  | 'manage_group'
  | 'update'
  | 'delete';

const permissions: Record<string, readonly string[]> = {
  editor: ['read', 'create_dataset', 'update_dataset', 'delete_dataset', 'manage_group'],
  member: ['read', 'manage_group'],
};

/** Whether a role gives a permission; an admin has every one. Source: CKAN `authz.py`. */
export const roleAllows = (role: string, permission: Permission): boolean =>
  role === 'admin' || (permissions[role]?.includes(permission) ?? false);

/** How far CKAN walks up or down the hierarchy of organisations. */
const deepest = 8;

/**
 * Whether the caller holds a permission in an organisation or group, by a role there or by one that cascades
 * from an organisation above it. In `member` the row of a group below has `group_id` = child, `table_id` = parent.
 */
export async function hasPermission(call: Call, groupId: string, permission: Permission): Promise<boolean> {
  if (!call.user || call.user.state === 'deleted') return false;
  const rows = await call.sql.prepared<{ capacity: string; depth: number }>(
    'role_in_group',
    `WITH RECURSIVE above(id, depth) AS (
       SELECT $2::text, 0
       UNION
       SELECT m.table_id, a.depth + 1 FROM above a
       JOIN member m ON m.group_id = a.id AND m.table_name = 'group' AND m.state = 'active'
       JOIN "group" g ON g.id = m.table_id AND g.state = 'active'
       WHERE a.depth < $3)
     SELECT m.capacity, a.depth FROM above a
     JOIN member m ON m.group_id = a.id AND m.table_name = 'user' AND m.state = 'active' AND m.table_id = $1`,
    [call.user.id, groupId, deepest],
  );
  const cascading = call.site.config.rolesThatCascade;
  return rows.some(
    ({ capacity, depth }) =>
      (depth === 0 || cascading.includes(capacity)) && roleAllows(capacity, permission),
  );
}

/** Ids of all active organisations in which the caller holds the permission, cascading included. */
export async function organizationsWith(call: Call, permission: Permission): Promise<string[]> {
  if (!call.user || call.user.state === 'deleted') return [];
  const roles = ['admin', 'editor', 'member'].filter((role) => roleAllows(role, permission));
  const cascading = roles.filter((role) => call.site.config.rolesThatCascade.includes(role));
  const rows = await call.sql.prepared<{ id: string }>(
    'organizations_with_permission',
    `WITH RECURSIVE own AS (
       SELECT g.id, m.capacity FROM member m JOIN "group" g ON g.id = m.group_id
       WHERE m.table_name = 'user' AND m.table_id = $1 AND m.state = 'active' AND m.capacity = ANY($2)
         AND g.state = 'active' AND g.is_organization),
     below(id, depth) AS (
       SELECT id, 0 FROM own WHERE capacity = ANY($3)
       UNION
       SELECT m.group_id, b.depth + 1 FROM below b
       JOIN member m ON m.table_id = b.id AND m.table_name = 'group' AND m.state = 'active'
       JOIN "group" g ON g.id = m.group_id AND g.state = 'active' AND g.is_organization
       WHERE b.depth < $4)
     SELECT id FROM own UNION SELECT id FROM below`,
    [call.user.id, roles, cascading, deepest],
  );
  return rows.map((row) => row.id);
}
