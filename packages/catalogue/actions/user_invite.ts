import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { validatedParams } from '../action/validated_params.ts';
import { recordActivity } from '../activity/record.ts';
import { createMember } from '../organization/member_create.ts';
import { findGroupForUpdate, type GroupRow } from '../organization/row.ts';
import { mayAddMembers } from '../organization/rules.ts';
import { inventName, sendInvitation } from '../user/invitation.ts';
import { presentUserTo } from '../user/presenter.ts';
import { invitation } from '../user/schema.ts';
import { insertUser } from '../user/store.ts';

export const userInvite = writeAction<GroupRow | undefined>({
  name: 'user_invite',
  summary: 'Makes a pending account with a role, and mails its owner how to take it over.',
  parameters: {
    email: { type: 'text', required: true, meaning: 'Address of the invited.' },
    group_id: { type: 'text', required: true, meaning: 'Id or name of the organisation or group.' },
    role: { type: 'text', required: true, meaning: 'admin, editor or member.' },
  },
  async authorise(call, params) {
    const group = await findGroupForUpdate(call.sql, params['group_id']);
    await mayAddMembers(call, group);
    return group;
  },
  async handle(call, params, group) {
    const sysadmin = call.ignoreAuth || call.user?.sysadmin === true;
    const context = { sysadmin, sql: call.sql, user: undefined };
    const data = await validatedParams(invitation, params, context);
    if (!group) throw notFound();
    const email = data['email'] as string;
    const name = await inventName(call.sql, call.site.runtime, email);
    const user = await insertUser(call.site, call.sql, { name, email, state: 'pending' });
    await createMember(call, { id: group.id, username: user.id, role: params['role'] }, group);
    await recordActivity(call, { type: 'new user', object: user.id, user: user.id });
    await sendInvitation(call, user, group, String(params['role']));
    return presentUserTo(call, user);
  },
});
