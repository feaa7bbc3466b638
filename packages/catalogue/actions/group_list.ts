import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { listGroups, listParameters } from '../organization/list.ts';

export const groupList = readAction({
  name: 'group_list',
  summary: 'Names of the active groups.',
  parameters: listParameters('group'),
  authorise: anyone,
  handle: (call, params) => listGroups(call, 'group', params),
});
