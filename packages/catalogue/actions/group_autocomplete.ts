import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { completeGroups, completionParameters } from '../organization/autocomplete.ts';

export const groupAutocomplete = readAction({
  name: 'group_autocomplete',
  summary: 'Active groups whose name or title holds a text.',
  parameters: completionParameters,
  authorise: anyone,
  handle: (call, params) => completeGroups(call, 'group', params),
});
