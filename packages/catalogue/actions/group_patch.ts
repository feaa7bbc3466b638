import { invalidMessage } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { isTruthy, requiredText } from '../action/parameters.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { changeGroup } from '../organization/change.ts';
import { fieldParameters } from '../organization/create.ts';
import { extrasOf } from '../organization/parts.ts';
import { findGroupForUpdate, type GroupRow } from '../organization/row.ts';
import { mayEditGroup, ofKind } from '../organization/rules.ts';

export const groupPatch = writeAction<GroupRow>({
  name: 'group_patch',
  summary: 'Changes the fields of a group that are sent.',
  parameters: {
    ...fieldParameters('group'),
    name: { type: 'text', meaning: 'Part of its address.' },
    id: { type: 'text', required: true, meaning: 'Id or name.' },
  },
  async authorise(call, params) {
    if (!isTruthy(params['id']) && !alwaysAllowed(call))
      throw invalidMessage('Missing id, can not get Group object');
    const group = ofKind(await findGroupForUpdate(call.sql, requiredText(params, 'id')), 'group');
    await mayEditGroup(call, group, 'group');
    return group;
  },
  async handle(call, params, group) {
    // CKAN 2.11 sends a group's own extras back to itself and refuses their ids from all but sysadmins; whoever
    // patches a group that has extras has to send them. Organisations' admins are spared this.
    const extras = params['extras'] ?? (await extrasOf(call.sql, [group.id])).get(group.id) ?? [];
    return changeGroup(call, group, { ...params, extras }, 'part');
  },
});
