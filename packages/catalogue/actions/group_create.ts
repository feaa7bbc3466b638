import { writeAction } from '../action/declaration.ts';
import { createGroup, fieldParameters } from '../organization/create.ts';
import { mayCreateGroup } from '../organization/rules.ts';

export const groupCreate = writeAction({
  name: 'group_create',
  summary: 'Makes a group, with the caller as its admin.',
  parameters: fieldParameters('group'),
  authorise: (call) => mayCreateGroup(call, 'group'),
  handle: (call, params) => createGroup(call, 'group', params),
});
