import type { Sql } from '@portolan/db';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import type { SearchEngine } from '../engine.ts';
import { suggestion } from '../suggestion.ts';
import { deferOrder, putInOrder } from './bulk.ts';
import { entryDigests, findDocument, nextIds, readEntries } from './entries.ts';
import { readFieldNames } from './field_names.ts';
import { type LookupCosts, usualCosts } from './lookup_cost.ts';
import { SearchMemory } from './memory/search_memory.ts';
import { answered } from './refusal.ts';
import { describeSearch, search } from './search.ts';
import { TermTable } from './term_table.ts';
import { withinTime } from './time_limit.ts';
import { clearDocuments, currentForm, reloadColumns, removeDocuments, writeDocuments } from './write.ts';

export interface PostgresOptions {
  /** Milliseconds that a search may take. */
  timeout: number;
  costs?: Partial<LookupCosts> | undefined;
}

/** Search in the catalogue's own PostgreSQL; its tables are those of migrations 0004 and 0006. */
export function postgresEngine({ timeout, costs = {} }: PostgresOptions = { timeout: 5000 }): SearchEngine {
  const bounds = { ...usualCosts, ...costs };
  const memory = new SearchMemory();
  const terms = new TermTable();
  const ask = (sql: Sql, query: EffectiveQuery) =>
    answered(() => withinTime(timeout, (limit) => search(sql, query, memory, limit, bounds)));
  return {
    write: (tx, documents) => writeDocuments(tx, documents, terms),
    form: currentForm,
    deferOrder,
    putInOrder,
    remove: removeDocuments,
    clear: clearDocuments,
    reload: reloadColumns,
    entries: readEntries,
    digests: entryDigests,
    next: nextIds,
    find: findDocument,
    search: ask,
    fields: readFieldNames,
    describe: async (sql, query) => ({ postgres: await describeSearch(sql, query, memory) }),
    async suggestDatasets(sql, query) {
      const suggested = suggestion(query);
      return suggested.present(await ask(sql, suggested.search));
    },
  };
}
