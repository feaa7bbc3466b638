import { invalidMessage } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { isTruthy, requiredText } from '../action/parameters.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { changeGroup } from '../organization/change.ts';
import { fieldParameters } from '../organization/create.ts';
import { findGroupForUpdate, type GroupRow } from '../organization/row.ts';
import { mayEditGroup, ofKind } from '../organization/rules.ts';

export const organizationPatch = writeAction<GroupRow>({
  name: 'organization_patch',
  summary: 'Changes the fields of an organisation that are sent.',
  parameters: {
    ...fieldParameters('organization'),
    name: { type: 'text', meaning: 'Part of its address.' },
    id: { type: 'text', required: true, meaning: 'Id or name.' },
  },
  async authorise(call, params) {
    if (!isTruthy(params['id']) && !alwaysAllowed(call))
      throw invalidMessage('Missing id, can not get Group object');
    const group = ofKind(await findGroupForUpdate(call.sql, requiredText(params, 'id')), 'organization');
    await mayEditGroup(call, group, 'organization');
    return group;
  },
  handle: (call, params, group) => changeGroup(call, group, params, 'part'),
});
