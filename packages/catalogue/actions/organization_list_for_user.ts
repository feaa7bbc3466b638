import { notFound } from '@portolan/kernel';
import type { Call } from '../action/call.ts';
import { readAction } from '../action/declaration.ts';
import { flag, isTruthy } from '../action/parameters.ts';
import { type Permission, roleAllows } from '../authorisation/roles.ts';
import { anyone } from '../authorisation/rules.ts';
import { countDatasets } from '../organization/datasets.ts';
import { byDisplayName } from '../organization/display_order.ts';
import { membersOf } from '../organization/parts.ts';
import { presentGroup } from '../organization/presenter.ts';
import { type GroupRow, groupColumns } from '../organization/row.ts';
import { findUser } from '../user/row.ts';

type Held = GroupRow & { capacity: string };
const roles = ['admin', 'editor', 'member'];
/** How far CKAN walks the hierarchy. */
const deepest = 8;

export const organizationListForUser = readAction({
  name: 'organization_list_for_user',
  summary: 'The organisations in which an account holds a permission, with its role in each.',
  parameters: {
    id: { type: 'text', meaning: 'Id or name of the account; the caller when missing.' },
    permission: { type: 'text', meaning: 'Such as create_dataset; manage_group when missing.' },
    include_dataset_count: { type: 'boolean', meaning: 'Add the numbers of datasets.' },
    include_member_count: { type: 'boolean', meaning: 'Add the numbers of accounts with a role.' },
  },
  authorise: anyone,
  async handle(call, params) {
    const permission = isTruthy(params['permission']) ? String(params['permission']) : 'manage_group';
    const withCounts = flag(params, 'include_dataset_count', false);
    const withMembers = flag(params, 'include_member_count', false);
    const user = isTruthy(params['id']) ? await findUser(call.sql, params['id']) : call.user;
    if (isTruthy(params['id']) && !user) throw notFound();
    if (!user || user.state === 'deleted') return [];
    const rows = user.sysadmin ? await all(call) : await held(call, user.id, permission);
    const ids = rows.map((row) => row.id);
    const counts = withCounts && (await countDatasets(call, ids));
    const members = withMembers && (await membersOf(call.sql, ids));
    const dicts = rows.map(({ capacity, ...row }) => ({
      ...presentGroup(row, call.site.config),
      capacity,
      ...(counts ? { package_count: counts.get(row.id) ?? 0 } : {}),
      ...(members ? { member_count: members.get(row.id) ?? 0 } : {}),
    }));
    return dicts.sort(byDisplayName(call.site.config));
  },
});

const all = (call: Call) =>
  call.sql.prepared<Held>(
    'all_organizations',
    `SELECT ${groupColumns}, 'admin' AS capacity FROM "group" g WHERE g.state = 'active' AND g.is_organization`,
  );

/** A role that cascades counts for all below; where several hold, the one of the organisation itself is told. */
function held(call: Call, userId: string, permission: string): Promise<Held[]> {
  const fitting = roles.filter((role) => roleAllows(role, permission as Permission));
  const cascading = fitting.filter((role) => call.site.config.rolesThatCascade.includes(role));
  return call.sql.prepared<Held>(
    'organizations_of_user',
    `WITH RECURSIVE own AS (
       SELECT m.group_id AS id, m.capacity, 0 AS depth FROM member m JOIN "group" o ON o.id = m.group_id
       WHERE m.table_name = 'user' AND m.table_id = $1 AND m.state = 'active' AND m.capacity = ANY($2)
         AND o.state = 'active'),
     below(id, capacity, depth) AS (
       SELECT id, capacity, depth FROM own
       UNION
       SELECT m.group_id, b.capacity, b.depth + 1 FROM below b
       JOIN member m ON m.table_id = b.id AND m.table_name = 'group' AND m.state = 'active'
       WHERE b.depth < $4 AND b.capacity = ANY($3))
     SELECT DISTINCT ON (g.id) ${groupColumns}, b.capacity FROM below b JOIN "group" g ON g.id = b.id
     WHERE g.state = 'active' AND g.is_organization ORDER BY g.id, b.depth, b.capacity`,
    [userId, fitting, cascading, deepest],
  );
}
