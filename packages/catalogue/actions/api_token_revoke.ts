import { denied } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { isTruthy, requireSent } from '../action/parameters.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { decodeToken } from '../token/jwt.ts';

export const apiTokenRevoke = writeAction<string | undefined>({
  name: 'api_token_revoke',
  summary: 'Ends an API token.',
  parameters: {
    jti: { type: 'text', meaning: 'Id of the token.' },
    token: { type: 'text', meaning: 'Or its text.' },
  },
  async authorise(call, params) {
    const { jti, token } = params;
    if (!isTruthy(jti)) requireSent(params, ['token']);
    const id = isTruthy(jti)
      ? jti
      : typeof token === 'string'
        ? (await decodeToken(call.site.config, token, call.site.runtime.now()))?.id
        : undefined;
    const known = typeof id === 'string' && !id.includes('\0') ? id : undefined;
    if (alwaysAllowed(call)) return known;
    const rows = await call.sql.rows(`SELECT FROM api_token WHERE id = $1 AND user_id = $2`, [
      known ?? null,
      call.user?.id ?? null,
    ]);
    // Others' tokens and unknown ones look the same.
    if (rows.length === 0) throw denied();
    return known;
  },
  async handle(call, _params, id) {
    if (id !== undefined) await call.sql.rows(`DELETE FROM api_token WHERE id = $1`, [id]);
    return null;
  },
});
