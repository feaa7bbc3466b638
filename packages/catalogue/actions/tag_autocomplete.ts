import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { findTags, tagParameters } from '../search/find_tags.ts';

export const tagAutocomplete = readAction({
  name: 'tag_autocomplete',
  summary: 'Names of tags that hold a text.',
  parameters: tagParameters,
  authorise: anyone,
  handle: async (call, params) => (await findTags(call, params)).tags.map(({ name }) => name),
});
