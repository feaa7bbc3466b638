import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { listGroups, listParameters } from '../organization/list.ts';

export const organizationList = readAction({
  name: 'organization_list',
  summary: 'Names of the active organisations.',
  parameters: listParameters('organization'),
  authorise: anyone,
  handle: (call, params) => listGroups(call, 'organization', params),
});
