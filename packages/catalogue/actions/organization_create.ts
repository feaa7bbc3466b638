import { writeAction } from '../action/declaration.ts';
import { createGroup, fieldParameters } from '../organization/create.ts';
import { mayCreateGroup } from '../organization/rules.ts';

export const organizationCreate = writeAction({
  name: 'organization_create',
  summary: 'Makes an organisation, with the caller as its admin.',
  parameters: fieldParameters('organization'),
  authorise: (call) => mayCreateGroup(call, 'organization'),
  handle: (call, params) => createGroup(call, 'organization', params),
});
