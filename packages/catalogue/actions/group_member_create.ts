import { writeAction } from '../action/declaration.ts';
import { createMember, memberParameters } from '../organization/member_create.ts';
import { findGroupForUpdate, type GroupRow } from '../organization/row.ts';
import { mayAddMembers } from '../organization/rules.ts';

export const groupMemberCreate = writeAction<GroupRow | undefined>({
  name: 'group_member_create',
  summary: 'Gives an account a role in a group, or another one.',
  parameters: memberParameters,
  async authorise(call, params) {
    const group = await findGroupForUpdate(call.sql, params['id']);
    await mayAddMembers(call, group);
    return group;
  },
  handle: createMember,
});
