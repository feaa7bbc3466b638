import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { changeUser } from '../user/change.ts';
import { changedUserParameters } from '../user/parameters.ts';
import { findUserForUpdate, type UserRow } from '../user/row.ts';
import { mayEditUser } from '../user/rules.ts';

export const userUpdate = writeAction<UserRow>({
  name: 'user_update',
  summary: 'Changes an account. The address has to be sent; what else is not sent stays as it is.',
  parameters: changedUserParameters,
  async authorise(call, params) {
    const user = await findUserForUpdate(call.sql, requiredText(params, 'id'));
    if (!user) throw notFound('User was not found.');
    mayEditUser(call, user, params);
    return user;
  },
  handle: (call, params, user) => changeUser(call, user, params),
});
