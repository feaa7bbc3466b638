import { notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { listActivities, ofUser } from '../activity/list.ts';
import { listOptions, listParameters } from '../activity/options.ts';
import { presentActivity } from '../activity/present.ts';
import { loggedIn } from '../authorisation/rules.ts';

export const userActivityList = readAction<string>({
  name: 'user_activity_list',
  summary: 'What a user did and what happened to the account, newest first.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the user.' },
    ...listParameters,
  },
  async authorise(call, params) {
    if (!call.site.config.publicUserDetails) loggedIn(call);
    const rows = await call.sql.prepared<{ id: string }>(
      'find_user_id',
      'SELECT id FROM "user" WHERE id = $1 OR name = $1 ORDER BY id = $1 DESC LIMIT 1',
      [requiredText(params, 'id')],
    );
    if (!rows[0]) throw notFound();
    return rows[0].id;
  },
  async handle(call, params, id) {
    const options = { ...(await listOptions(call, params)), types: undefined, excludedTypes: undefined };
    return (await listActivities(call, ofUser(id), options)).map(presentActivity);
  },
});
