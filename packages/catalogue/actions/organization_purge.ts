import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { purgeGroup } from '../organization/delete.ts';
import { findGroupForUpdate, type GroupRow } from '../organization/row.ts';
import { ofKind } from '../organization/rules.ts';

export const organizationPurge = writeAction<GroupRow>({
  name: 'organization_purge',
  summary: 'Takes an organisation away for ever.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name.' } },
  async authorise(call, params) {
    const found = await findGroupForUpdate(call.sql, requiredText(params, 'id'));
    const group = ofKind(found, 'organization', 'Organization was not found');
    sysadminOnly(call);
    return group;
  },
  async handle(call, _params, group) {
    await purgeGroup(call, group);
    return null;
  },
});
