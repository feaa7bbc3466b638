import { notFound } from '@portolan/kernel';
import { pythonWords } from '@portolan/schema';
import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { findUserForUpdate } from '../user/row.ts';

export const userDelete = writeAction<void>({
  name: 'user_delete',
  summary: 'Deletes an account: it keeps its name and loses its roles.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name of the account.' } },
  authorise: sysadminOnly,
  async handle(call, params) {
    const reference = requiredText(params, 'id');
    const user = await findUserForUpdate(call.sql, reference);
    if (!user) throw notFound(`User "${pythonWords(params['id'])}" was not found.`);
    await call.sql.rows(`UPDATE "user" SET state = 'deleted' WHERE id = $1`, [user.id]);
    await call.sql.rows(
      `UPDATE member SET state = 'deleted' WHERE table_name = 'user' AND table_id = $1 AND state <> 'deleted'`,
      [user.id],
    );
    await call.sql.rows(`DELETE FROM package_member WHERE user_id = $1`, [user.id]);
    return null;
  },
});
