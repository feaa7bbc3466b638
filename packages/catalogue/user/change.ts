import type { Params, WriteCall } from '../action/call.ts';
import { validatedParams } from '../action/validated_params.ts';
import { recordActivity } from '../activity/record.ts';
import { forgetImage, takeImage } from '../organization/image.ts';
import { presentOwnUser, type UserDict } from './presenter.ts';
import type { UserRow } from './row.ts';
import { changedUser } from './schema.ts';
import { updateUser } from './store.ts';

/** Changes an account as a client asks for; fields that are not sent stay. @throws PortolanError `validation` */
export async function changeUser(call: WriteCall, user: UserRow, params: Params): Promise<UserDict> {
  const sysadmin = call.ignoreAuth || call.user?.sysadmin === true;
  const input = await takeImage(call, 'user', params);
  const data = await validatedParams(changedUser, input, { sysadmin, sql: call.sql, user });
  const changed = await updateUser(call.site, call.sql, user.id, data);
  if (changed.image_url !== user.image_url) await forgetImage(call, 'user', user.image_url);
  await recordActivity(call, { type: 'changed user', object: user.id, user: user.id });
  const dict = presentOwnUser(changed, call.site.config);
  if (data['plugin_extras'] !== undefined) dict['plugin_extras'] = changed.plugin_extras;
  return dict;
}
