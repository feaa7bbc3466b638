import type { SearchEngine } from '../engine.ts';
import { suggestion } from '../suggestion.ts';
import type { Asked } from './ask.ts';
import { questionsOf } from './questions.ts';
import { searchOpenSearch } from './search.ts';

/** What OpenSearch answers of the port. */
export const openSearchSearcher = (
  asked: Asked,
): Pick<SearchEngine, 'search' | 'suggestDatasets' | 'describe'> => ({
  search: (sql, query) => searchOpenSearch(asked, sql, query),
  async describe(_sql, query) {
    const { totals, page } = questionsOf(query);
    const placed = page && { ...page, from: query.start, size: query.rows };
    return { opensearch: { totals, ...(placed ? { page: placed } : {}) } };
  },
  async suggestDatasets(sql, query) {
    const { search, present } = suggestion(query);
    return present(await searchOpenSearch(asked, sql, search));
  },
});
