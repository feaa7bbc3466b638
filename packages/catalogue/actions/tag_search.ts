import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { findTags, tagParameters } from '../search/find_tags.ts';

export const tagSearch = readAction({
  name: 'tag_search',
  summary: 'Tags whose names hold a text.',
  parameters: tagParameters,
  authorise: anyone,
  async handle(call, params) {
    const { count, tags } = await findTags(call, params);
    return { count, results: tags };
  },
});
