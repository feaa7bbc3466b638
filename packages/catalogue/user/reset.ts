import { denied, invalid, notFound } from '@portolan/kernel';
import { enqueueAll } from '@portolan/queue';
import { readAction, writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { anyone } from '../authorisation/rules.ts';
import { resetMailJob } from '../notification/jobs.table.ts';
import { changeUser } from './change.ts';
import { renewResetKey } from './reset_key.ts';
import { findUser, findUserForUpdate, type UserRow } from './row.ts';
import { holdsResetKey } from './rules.ts';

/**
 * Asks for the mail that lets an account's owner set a new password. Neither answer nor time tells whether there is
 * such an account: the mail is a job's work. Reached by `/user/reset` alone, not by the Action API.
 */
export const requestPasswordReset = writeAction({
  name: 'password_reset_request',
  summary: 'Mails a link for a new password.',
  parameters: { user: { type: 'text', required: true, meaning: 'User name, or address.' } },
  authorise: anyone,
  async handle(call, params) {
    const given = typeof params['user'] === 'string' ? params['user'].trim() : '';
    if (given === '') throw invalid({ user: ['Email is required'] });
    const rows = await call.sql.rows<{ id: string }>(
      given.includes('@')
        ? `SELECT id FROM "user" WHERE lower(email) = lower($1) AND state <> 'deleted' ORDER BY id`
        : `SELECT id FROM "user" WHERE name = $1 AND state <> 'deleted' AND email IS NOT NULL`,
      [given],
    );
    await enqueueAll(
      call.sql,
      resetMailJob,
      rows.map(({ id }) => ({ key: id })),
    );
  },
});

/** Whether a mail's link is still good: the page behind it is shown to nobody else. */
export const checkPasswordReset = readAction({
  name: 'password_reset_check',
  summary: 'Whether a reset mail’s key may still be used.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id of the account.' },
    key: { type: 'text', required: true, meaning: 'Key of the mail.' },
  },
  async authorise(call, params) {
    mayReset(await findUser(call.sql, requiredText(params, 'id')), params['key']);
  },
  async handle() {},
});

/** Sets the password of who has the mail's key, makes an invited account an active one, and uses the key up. */
export const performPasswordReset = writeAction<UserRow>({
  name: 'password_reset_perform',
  summary: 'Sets a new password with the key of a reset mail.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id of the account.' },
    key: { type: 'text', required: true, meaning: 'Key of the mail.' },
    password: { type: 'text', required: true, meaning: 'The new password.' },
    name: { type: 'text', meaning: 'Another user name, of an invited account.' },
  },
  async authorise(call, params) {
    return mayReset(await findUserForUpdate(call.sql, requiredText(params, 'id')), params['key']);
  },
  async handle(call, params, user) {
    const { password, name } = params;
    if (typeof password !== 'string' || password === '') throw invalid({ password: ['Missing value'] });
    const renamed = user.state === 'pending' && typeof name === 'string' && name !== '' ? { name } : {};
    await changeUser(call, user, { id: user.id, email: user.email, password, ...renamed });
    await call.sql.rows(`UPDATE "user" SET state = 'active' WHERE id = $1 AND state = 'pending'`, [user.id]);
    await renewResetKey(call.site, call.sql, user.id, call.site.config.resetKeyHours);
  },
});

function mayReset(user: UserRow | undefined, key: unknown): UserRow {
  if (!user || user.state === 'deleted') throw notFound('User was not found.');
  if (!holdsResetKey(user, key)) throw denied('Invalid reset key. Please try again.');
  return user;
}
