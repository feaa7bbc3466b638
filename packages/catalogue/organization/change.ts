import { lockNames } from '@portolan/db';
import { invalidMessage } from '@portolan/kernel';
import type { Params, WriteCall } from '../action/call.ts';
import { isTruthy } from '../action/parameters.ts';
import { validatedParams } from '../action/validated_params.ts';
import { recordActivity } from '../activity/record.ts';
import { presentChanged } from './changed.ts';
import { forgetImage, takeImage } from './image.ts';
import { type GroupDict, presentRow } from './presenter.ts';
import { hasPublishers, storePublisherFields } from './publisher.ts';
import { type GroupRow, kindOf } from './row.ts';
import { changedGroup, type GroupFields } from './schema.ts';
import { updateGroup } from './store.ts';

/**
 * Changes an organisation or group; the caller holds its lock. Lists that are not sent stay as they are, also the
 * members': CKAN 2.12's rule, without which an update that only names a title would take every role away.
 * @throws PortolanError `validation`, `integrity`
 */
export async function changeGroup(call: WriteCall, group: GroupRow, params: Params): Promise<GroupDict> {
  const type = params['type'];
  if (type !== undefined && type !== null && type !== group.type)
    throw invalidMessage('Type cannot be updated');
  const kind = kindOf(group);
  const sent = hasPublishers(call, kind) ? await storePublisherFields(call, params, group) : params;
  const input = await takeImage(call, 'group', sent);
  // Of two that are put below each other at once the second has to see the first.
  if (isTruthy(input['groups'])) await lockNames(call.sql, 'hierarchy', ['group']);
  const sysadmin = call.ignoreAuth || call.user?.sysadmin === true;
  const fields: GroupFields = await validatedParams(changedGroup, input, { sysadmin, sql: call.sql, group });
  // An organisation's datasets are those that name it as their owner.
  if (group.is_organization) delete fields.packages;
  const changed = await updateGroup(call.site, call.sql, group.id, fields);
  if (changed.image_url !== group.image_url) await forgetImage(call, 'group', group.image_url);
  const deleted = changed.state === 'deleted' && group.state !== 'deleted';
  await recordActivity(call, {
    type: `${deleted ? 'deleted' : 'changed'} ${kind}`,
    object: group.id,
    data: { group: presentRow(changed) },
  });
  return presentChanged(call, changed);
}
