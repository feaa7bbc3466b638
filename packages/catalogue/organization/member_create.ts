import { denied, invalid, missingValue } from '@portolan/kernel';
import type { Params, WriteCall } from '../action/call.ts';
import type { Parameter } from '../action/declaration.ts';
import { sent } from '../action/parameters.ts';
import { findUser } from '../user/row.ts';
import { type MemberRow, type MemberTable, putMembers } from './members.ts';
import type { GroupRow } from './row.ts';

export const memberParameters: Record<string, Parameter> = {
  id: { type: 'text', required: true, meaning: 'Id or name of the organisation or group.' },
  username: { type: 'text', required: true, meaning: 'Id or name of the account.' },
  role: { type: 'text', required: true, meaning: 'admin, editor or member.' },
};

export const roles = ['admin', 'editor', 'member'];

/** Gives an account a role by the names that a client sent. @throws PortolanError `validation`, `authorization` */
export async function createMember(
  call: WriteCall,
  params: Params,
  group: GroupRow | undefined,
): Promise<MemberRow> {
  const [id, username, role] = ['id', 'username', 'role'].map((name) => sent(params, name));
  const errors: Record<string, string[]> = {};
  if (id === undefined) errors['id'] = ['Missing value'];
  else if (!group) errors['id'] = ['That group name or ID does not exist.'];
  const user = username === undefined ? undefined : await findUser(call.sql, username);
  if (username === undefined) errors['username'] = ['Missing value'];
  else if (!user) errors['username'] = ['Not found: User'];
  if (role === undefined) errors['role'] = ['Missing value'];
  else if (typeof role !== 'string' || !roles.includes(role)) errors['role'] = ['role does not exist.'];
  if (Object.keys(errors).length > 0) throw invalid(errors);
  if (!group || !user) throw missingValue('id');
  return putMember(call, group, { table: 'user', id: user.id, capacity: role as string });
}

/**
 * Makes a member or changes its capacity. An admin cannot step down, so that none is locked out by mistake.
 * The caller holds the group's lock.
 */
export async function putMember(
  call: WriteCall,
  group: GroupRow,
  member: { table: MemberTable; id: string; capacity: string },
): Promise<MemberRow> {
  if (member.table === 'user' && member.id === call.user?.id && member.capacity !== 'admin') {
    const rows = await call.sql.rows(
      `SELECT FROM member WHERE group_id = $1 AND table_name = 'user' AND table_id = $2 AND capacity = 'admin'
       AND state = 'active'`,
      [group.id, member.id],
    );
    if (rows.length > 0) throw denied('Administrators cannot revoke their own admin status');
  }
  const [row] = await putMembers(call.site, call.sql, group.id, member.table, [
    { table_id: member.id, capacity: member.capacity },
  ]);
  return row!;
}
