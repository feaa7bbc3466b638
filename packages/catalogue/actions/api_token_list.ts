import { denied, missingValue, notFound, timestamp } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { isTruthy } from '../action/parameters.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { isoTime } from '../dataset/time.ts';
import { recentUse } from '../token/recent_uses.ts';
import { findUser, type UserRow } from '../user/row.ts';

interface TokenRow {
  id: string;
  name: string;
  user_id: string;
  created_at: string;
  last_access: string | null;
}

export const apiTokenList = readAction<UserRow>({
  name: 'api_token_list',
  summary: 'The API tokens of an account, without their texts.',
  parameters: {
    user_id: { type: 'text', required: true, meaning: 'Id or name of the account.' },
    user: { type: 'text', meaning: 'Older name of `user_id`.' },
  },
  async authorise(call, params) {
    const reference = isTruthy(params['user_id']) ? params['user_id'] : params['user'];
    if (!isTruthy(reference)) throw missingValue('user_id');
    const user = await findUser(call.sql, reference);
    // Who may not see the tokens does not learn either whether there is such an account.
    if (!alwaysAllowed(call) && (!user || call.user?.id !== user.id)) throw denied();
    if (!user) throw notFound('User not found');
    return user;
  },
  async handle(call, _params, user) {
    const rows = await call.sql.prepared<TokenRow>(
      'tokens_of_user',
      `SELECT id, name, user_id, created_at, last_access FROM api_token WHERE user_id = $1 ORDER BY created_at, id`,
      [user.id],
    );
    return rows.map(({ created_at, last_access, ...row }) => {
      const recent = recentUse(call.site, row.id);
      return {
        ...row,
        created_at: isoTime(created_at),
        last_access: isoTime(recent === undefined ? last_access : timestamp(recent)),
      };
    });
  },
});
