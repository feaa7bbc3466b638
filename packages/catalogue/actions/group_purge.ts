import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { purgeGroup } from '../organization/delete.ts';
import { findGroupForUpdate, type GroupRow } from '../organization/row.ts';
import { ofKind } from '../organization/rules.ts';

export const groupPurge = writeAction<GroupRow>({
  name: 'group_purge',
  summary: 'Takes a group away for ever.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name.' } },
  async authorise(call, params) {
    const found = await findGroupForUpdate(call.sql, requiredText(params, 'id'));
    const group = ofKind(found, 'group', 'Group was not found');
    sysadminOnly(call);
    return group;
  },
  async handle(call, _params, group) {
    await purgeGroup(call, group);
    return null;
  },
});
