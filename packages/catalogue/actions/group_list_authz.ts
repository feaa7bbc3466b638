import { readAction } from '../action/declaration.ts';
import { flag } from '../action/parameters.ts';
import { anyone } from '../authorisation/rules.ts';
import { byDisplayName } from '../organization/display_order.ts';
import { presentGroup } from '../organization/presenter.ts';
import { type GroupRow, groupColumns } from '../organization/row.ts';

export const groupListAuthz = readAction({
  name: 'group_list_authz',
  summary: 'The groups that the caller may put datasets into.',
  parameters: {
    available_only: { type: 'boolean', meaning: 'Has no effect outside forms.' },
    am_member: {
      type: 'boolean',
      meaning: 'Only groups in which the caller has a role, also for sysadmins.',
    },
  },
  authorise: anyone,
  async handle(call, params) {
    flag(params, 'available_only', false);
    const member = flag(params, 'am_member', false);
    const { user } = call;
    if (!user || user.state === 'deleted') return [];
    const rows = await call.sql.prepared<GroupRow>(
      'group_list_authz',
      `SELECT ${groupColumns} FROM "group" g
       WHERE g.state = 'active' AND g.is_organization IS NOT TRUE
         AND ($2 OR EXISTS (SELECT FROM member m WHERE m.group_id = g.id AND m.table_name = 'user'
           AND m.table_id = $1 AND m.state = 'active' AND m.capacity IN ('admin', 'editor', 'member')))`,
      [user.id, user.sysadmin && !member],
    );
    return rows.map((row) => presentGroup(row, call.site.config)).sort(byDisplayName(call.site.config));
  },
});
