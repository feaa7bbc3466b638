import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';

const roles = [
  { text: 'Admin', value: 'admin' },
  { text: 'Editor', value: 'editor' },
  { text: 'Member', value: 'member' },
];

export const memberRolesList = readAction({
  name: 'member_roles_list',
  summary: 'The roles of organisations or groups.',
  parameters: { group_type: { type: 'text', meaning: 'organization, as by default, or group.' } },
  authorise: anyone,
  handle: (_call, params) =>
    params['group_type'] === 'group' ? roles.filter((role) => role.value !== 'editor') : roles,
});
