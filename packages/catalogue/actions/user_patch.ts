import { denied, invalidMessage, notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { isTruthy, requiredText } from '../action/parameters.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { changeUser } from '../user/change.ts';
import { changedUserParameters } from '../user/parameters.ts';
import { findUserForUpdate, type UserRow } from '../user/row.ts';
import { mayEditUser } from '../user/rules.ts';

export const userPatch = writeAction<UserRow>({
  name: 'user_patch',
  summary: 'Changes the fields of an account that are sent.',
  parameters: changedUserParameters,
  async authorise(call, params) {
    if (!isTruthy(params['id']) && !alwaysAllowed(call))
      throw invalidMessage('Missing id, can not get User object');
    const user = await findUserForUpdate(call.sql, requiredText(params, 'id'));
    if (!user && !alwaysAllowed(call)) throw denied('User not found');
    if (!user) throw notFound();
    mayEditUser(call, user, params);
    return user;
  },
  handle: (call, params, user) => changeUser(call, user, { email: user.email, ...params }),
});
