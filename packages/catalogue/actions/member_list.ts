import { notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { optionalText, requiredText } from '../action/parameters.ts';
import { findGroup, type GroupRow } from '../organization/row.ts';
import { mayReadGroup } from '../organization/rules.ts';

const titles: Record<string, string> = { admin: 'Admin', editor: 'Editor', member: 'Member' };

export const memberList = readAction<GroupRow>({
  name: 'member_list',
  summary: 'The members of a group or organisation: id, kind and capacity of each.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the group or organisation.' },
    object_type: { type: 'text', meaning: 'user, package or group alone; deleted ones are then left out.' },
    capacity: { type: 'text', meaning: 'Members in this capacity alone.' },
  },
  async authorise(call, params) {
    const group = await findGroup(call.sql, requiredText(params, 'id'));
    if (!group) throw notFound();
    await mayReadGroup(call, group, params['object_type'] === 'user');
    return group;
  },
  async handle(call, params, group) {
    const rows = await call.sql.prepared<{ table_id: string; table_name: string; capacity: string }>(
      'member_list',
      `SELECT m.table_id, m.table_name, m.capacity FROM member m
       WHERE m.group_id = $1 AND m.state = 'active'
         AND ($2::text IS NULL OR m.table_name = $2 AND CASE $2
           WHEN 'user' THEN EXISTS (SELECT FROM "user" u WHERE u.id = m.table_id AND u.state = 'active')
           WHEN 'package' THEN EXISTS (SELECT FROM package p WHERE p.id = m.table_id AND p.state = 'active')
           WHEN 'group' THEN EXISTS (SELECT FROM "group" g WHERE g.id = m.table_id AND g.state = 'active')
           ELSE true END)
         AND ($3::text IS NULL OR m.capacity = $3)
       ORDER BY m.ctid`,
      [group.id, optionalText(params, 'object_type') ?? null, optionalText(params, 'capacity') ?? null],
    );
    return rows.map((row) => [row.table_id, row.table_name, titles[row.capacity] ?? row.capacity]);
  },
});
