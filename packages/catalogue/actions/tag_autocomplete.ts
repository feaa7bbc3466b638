import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { searchParameters, searchTags } from '../tag/search.ts';

export const tagAutocomplete = readAction({
  name: 'tag_autocomplete',
  summary: 'Names of tags that hold one or several texts.',
  parameters: searchParameters,
  authorise: anyone,
  handle: async (call, params) => (await searchTags(call, params)).tags.map(({ name }) => name),
});
