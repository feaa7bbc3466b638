import type { SearchEngine } from '../engine.ts';
import { suggestion } from '../suggestion.ts';
import { DocumentColumns } from './column/document_columns.ts';
import { findDocument, nextIds, readEntries } from './entries.ts';
import { answered } from './refusal.ts';
import { describeSearch, search } from './search.ts';
import { clearDocuments, reloadColumns, removeDocuments, writeDocuments } from './write.ts';

/** Search in the catalogue's own PostgreSQL; its tables are those of migrations 0004 and 0006. */
export function postgresEngine(): SearchEngine {
  const columns = new DocumentColumns();
  return {
    write: writeDocuments,
    remove: removeDocuments,
    clear: clearDocuments,
    reload: reloadColumns,
    entries: readEntries,
    next: nextIds,
    find: findDocument,
    search: (sql, query) => answered(() => search(sql, query, columns)),
    describe: async (sql, query) => ({ postgres: await describeSearch(sql, query) }),
    async suggestDatasets(sql, query) {
      const suggested = suggestion(query);
      return suggested.present(await answered(() => search(sql, suggested.search, columns)));
    },
  };
}
