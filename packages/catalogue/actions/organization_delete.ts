import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { deleteGroup } from '../organization/delete.ts';
import { findGroupForUpdate, type GroupRow } from '../organization/row.ts';
import { mayDeleteGroup } from '../organization/rules.ts';

export const organizationDelete = writeAction<GroupRow>({
  name: 'organization_delete',
  summary: 'Deletes an organisation with its memberships; the name stays taken.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name.' } },
  async authorise(call, params) {
    // As in CKAN, of either kind: the two actions differ in their words alone.
    const group = await findGroupForUpdate(call.sql, requiredText(params, 'id'));
    if (!group) throw notFound('Group was not found.');
    await mayDeleteGroup(call, group, 'organization');
    return group;
  },
  async handle(call, _params, group) {
    await deleteGroup(call, group);
    return null;
  },
});
