import type { SearchEngine } from '../engine.ts';
import { suggestion } from '../suggestion.ts';
import { type Asked, searchOpenSearch } from './search.ts';
import { searchBody } from './search_body.ts';

/** What OpenSearch answers of the port. */
export const openSearchSearcher = (
  asked: Asked,
): Pick<SearchEngine, 'search' | 'suggestDatasets' | 'describe'> => ({
  search: (sql, query) => searchOpenSearch(asked, sql, query),
  describe: async (_sql, query) => ({
    opensearch: { ...searchBody(query), from: query.start, size: query.rows },
  }),
  async suggestDatasets(sql, query) {
    const { search, present } = suggestion(query);
    return present(await searchOpenSearch(asked, sql, search));
  },
});
