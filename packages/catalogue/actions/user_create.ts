import { writeAction } from '../action/declaration.ts';
import { looseFlag } from '../action/parameters.ts';
import { validatedParams } from '../action/validated_params.ts';
import { recordActivity } from '../activity/record.ts';
import { alwaysAllowed, notAuthorised } from '../authorisation/rules.ts';
import { takeImage } from '../organization/image.ts';
import { createToken } from '../token/create_token.ts';
import { presentOwnUser } from '../user/presenter.ts';
import { newUser } from '../user/schema.ts';
import { insertUser } from '../user/store.ts';

export const userCreate = writeAction({
  name: 'user_create',
  summary: 'Makes an account.',
  parameters: {
    name: { type: 'text', required: true, meaning: 'Name to log in with: a-z, 0-9, - and _.' },
    email: { type: 'text', required: true, meaning: 'Address; of active accounts only one may have it.' },
    password: { type: 'text', required: true, meaning: 'At least 8 characters.' },
    fullname: { type: 'text', meaning: 'Name to be shown.' },
    about: { type: 'text', meaning: 'A few words, without links.' },
    image_url: { type: 'text', meaning: 'Address of a picture.' },
    image_upload: { type: 'file', meaning: 'Or the picture itself.' },
    activity_streams_email_notifications: { type: 'boolean', meaning: 'Whether news come by mail.' },
    with_apitoken: { type: 'boolean', meaning: 'Also make an API token.' },
    id: { type: 'text', meaning: 'A UUID; sysadmins only.' },
    sysadmin: { type: 'boolean', meaning: 'Sysadmins only.' },
    state: { type: 'text', meaning: 'active, pending or deleted; sysadmins only.' },
    password_hash: { type: 'text', meaning: 'Instead of a password; sysadmins only.' },
    plugin_extras: { type: 'object', meaning: 'What plugins keep beside it; sysadmins only.' },
  },
  authorise(call) {
    if (alwaysAllowed(call) || call.site.config.createUserViaApi) return;
    throw notAuthorised(call, 'create users via the API');
  },
  async handle(call, params) {
    const sysadmin = call.ignoreAuth || call.user?.sysadmin === true;
    const input = await takeImage(call, 'user', params);
    const data = await validatedParams(newUser, input, { sysadmin, sql: call.sql, user: undefined });
    const user = await insertUser(call.site, call.sql, data);
    await recordActivity(call, { type: 'new user', object: user.id, user: user.id });
    const dict = presentOwnUser(user, call.site.config);
    if (data['plugin_extras'] !== undefined) dict['plugin_extras'] = user.plugin_extras;
    if (looseFlag(params, 'with_apitoken')) {
      const { token } = await createToken(call.site, call.sql, { userId: user.id, name: 'default' });
      dict['token'] = token;
    }
    return dict;
  },
});
