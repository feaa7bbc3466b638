import { denied, missingValue, notFound } from '@portolan/kernel';
import type { Params, WriteCall } from '../action/call.ts';
import type { Parameter } from '../action/declaration.ts';
import { isTruthy } from '../action/parameters.ts';
import { findUser } from '../user/row.ts';
import type { MemberTable } from './members.ts';
import { findGroupForUpdate, type GroupRow } from './row.ts';
import { mayChangeMembers } from './rules.ts';

export const formerMemberParameters: Record<string, Parameter> = {
  id: { type: 'text', required: true, meaning: 'Id or name of the organisation or group.' },
  username: { type: 'text', meaning: 'Id or name of the account.' },
  user_id: { type: 'text', meaning: 'Another name of `username`.' },
};

export interface MemberToDelete {
  group: GroupRow;
  table: MemberTable;
  id: string;
}

/** Finds account and group of `*_member_delete` and asks whether the caller may. */
export async function memberToDelete(call: WriteCall, params: Params): Promise<MemberToDelete> {
  if (!isTruthy(params['id'])) throw missingValue('id');
  const group = await findGroupForUpdate(call.sql, params['id']);
  if (!group) throw notFound('Group was not found.');
  const user = await findUser(call.sql, params['username'] ?? params['user_id']);
  if (!user) throw notFound('User was not found.');
  if (!call.user && !call.ignoreAuth) throw denied('Action member_delete requires an authenticated user');
  await mayChangeMembers(call, group, 'user');
  return { group, table: 'user', id: user.id };
}

/** Ends a membership; where there is none there is nothing to do. */
export async function deleteMember(call: WriteCall, _params: Params, member: MemberToDelete): Promise<null> {
  await call.sql.rows(
    `UPDATE member SET state = 'deleted'
     WHERE group_id = $1 AND table_name = $2 AND table_id = $3 AND state <> 'deleted'`,
    [member.group.id, member.table, member.id],
  );
  return null;
}
