import type { SearchEngine } from '../engine.ts';
import { suggestion } from '../suggestion.ts';
import { type Asked, searchOpenSearch } from './search.ts';

/** What OpenSearch answers of the port. */
export const openSearchSearcher = (asked: Asked): Pick<SearchEngine, 'search' | 'suggestDatasets'> => ({
  search: (sql, query) => searchOpenSearch(asked, sql, query),
  async suggestDatasets(sql, query) {
    const { search, present } = suggestion(query);
    return present(await searchOpenSearch(asked, sql, search));
  },
});
