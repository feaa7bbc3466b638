import type { SearchEngine } from '../engine.ts';
import { search } from './search.ts';
import { suggestDatasets } from './suggest.ts';
import { removeDocuments, writeDocuments } from './write.ts';

/** Search in the catalogue's own PostgreSQL; its tables are those of migration 0004. */
export const postgresEngine = (): SearchEngine => ({
  write: writeDocuments,
  remove: removeDocuments,
  search,
  suggestDatasets,
});
