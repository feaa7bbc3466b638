import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { changeGroup } from '../organization/change.ts';
import { fieldParameters } from '../organization/create.ts';
import { findGroupForUpdate, type GroupRow } from '../organization/row.ts';
import { mayEditGroup } from '../organization/rules.ts';

export const groupUpdate = writeAction<GroupRow>({
  name: 'group_update',
  summary: 'Changes a group; members and parents that are not sent go, other fields stay.',
  parameters: {
    ...fieldParameters('group'),
    id: { type: 'text', required: true, meaning: 'Id or name.' },
  },
  async authorise(call, params) {
    // As in CKAN, of either kind: the two actions differ in their words alone.
    const group = await findGroupForUpdate(call.sql, requiredText(params, 'id'));
    if (!group) throw notFound('Group was not found.');
    await mayEditGroup(call, group, 'group');
    return group;
  },
  handle: (call, params, group) => changeGroup(call, group, params, 'whole'),
});
