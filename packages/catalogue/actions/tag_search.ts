import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { searchParameters, searchTags } from '../tag/search.ts';

export const tagSearch = readAction({
  name: 'tag_search',
  summary: 'Tags whose names hold one or several texts.',
  parameters: searchParameters,
  authorise: anyone,
  async handle(call, params) {
    const { count, tags } = await searchTags(call, params);
    return { count, results: tags };
  },
});
