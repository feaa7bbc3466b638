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
import { datasetsOfGroup } from './show.ts';
import { updateGroup } from './store.ts';

/**
 * Changes an organisation or group; the caller holds its lock. What is not sent stays; but of a `whole` one (`*_update`)
 * members and parents that are not sent are so no more. Source: CKAN 2.11 `group_dict_save`. The
 * answer tells the datasets as they were before: CKAN reads them from an index that hears of the change afterwards,
 * save of those that come or go.
 * @throws PortolanError `validation`, `integrity`
 */
export async function changeGroup(
  call: WriteCall,
  group: GroupRow,
  params: Params,
  sent: 'whole' | 'part',
): Promise<GroupDict> {
  const type = params['type'];
  if (type !== undefined && type !== null && type !== group.type)
    throw invalidMessage('Type cannot be updated');
  const kind = kindOf(group);
  const own = hasPublishers(call, kind) ? await storePublisherFields(call, params, group) : params;
  const input = await takeImage(call, 'group', own);
  // Of two that are put below each other at once the second has to see the first.
  if (isTruthy(input['groups'])) await lockNames(call.sql, 'hierarchy', ['group']);
  const sysadmin = call.ignoreAuth || call.user?.sysadmin === true;
  let fields: GroupFields = await validatedParams(changedGroup, input, { sysadmin, sql: call.sql, group });
  if (sent === 'whole') fields = { users: [], groups: [], ...fields };
  // An organisation's datasets are those that name it as their owner.
  if (group.is_organization) delete fields.packages;
  const before = fields.packages ? undefined : await datasetsOfGroup(call, group);
  const changed = await updateGroup(call.site, call.sql, group.id, fields);
  if (changed.image_url !== group.image_url) await forgetImage(call, 'group', group.image_url);
  const deleted = changed.state === 'deleted' && group.state !== 'deleted';
  await recordActivity(call, {
    type: `${deleted ? 'deleted' : 'changed'} ${kind}`,
    object: group.id,
    data: { group: presentRow(changed) },
  });
  const datasets = before ?? (await datasetsOfGroup(call, changed));
  return presentChanged(call, changed, datasets, input);
}
