import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { completeGroups, completionParameters } from '../organization/autocomplete.ts';

export const organizationAutocomplete = readAction({
  name: 'organization_autocomplete',
  summary: 'Active organisations whose name or title holds a text.',
  parameters: completionParameters,
  authorise: anyone,
  handle: (call, params) => completeGroups(call, 'organization', params),
});
