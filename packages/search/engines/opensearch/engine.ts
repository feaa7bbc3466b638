import { Client } from '@opensearch-project/opensearch';
import type { Db } from '@portolan/db';
import type { Logger } from '@portolan/kernel';
import { SearchMirror } from '../../mirror/mirror.ts';
import { mirroredEngine } from '../../mirror/mirrored_engine.ts';
import type { SearchEngine } from '../engine.ts';
import { type PostgresOptions, postgresEngine } from '../postgres/engine.ts';
import { openSearchFormat, resultWindow } from './format.ts';
import { PageKeys } from './page_keys.ts';
import { openSearchSearcher } from './searcher.ts';

export interface OpenSearchOptions {
  db: Db;
  /** Of the server; may hold a name and a password. */
  url: string;
  /** What is searched, and the beginning of the indices' names. */
  alias: string;
  /** Milliseconds that a search may take. */
  timeout: number;
  /** Place up to which OpenSearch is asked by place alone; that of the mapping when missing. */
  window?: number;
  /** See `PostgresOptions`. */
  costs?: PostgresOptions['costs'];
  /** Who answers while OpenSearch cannot. */
  fallback(): 'postgres' | 'error';
  logger: Logger;
}

/** Milliseconds for what no reader waits for: a bulk request, an index that is made. */
const patience = 30_000;

/** Search on OpenSearch, which mirrors the tables of the PostgreSQL engine (docs/adr/0010). */
export function openSearchEngine({
  db,
  url,
  alias,
  timeout,
  costs,
  window = resultWindow,
  fallback,
  logger,
}: OpenSearchOptions): SearchEngine {
  // A search is not tried again: PostgreSQL answers sooner.
  const searches = new Client({ node: url, requestTimeout: timeout, maxRetries: 0 });
  const client = new Client({ node: url, requestTimeout: patience, maxRetries: 0 });
  const searcher = openSearchSearcher({ client: searches, index: alias, window, keys: new PageKeys() });
  const tables = postgresEngine({ timeout, costs });
  const engine = mirroredEngine({
    tables,
    searcher,
    mirror: new SearchMirror({ db, client, format: openSearchFormat, alias, logger }),
    fallback,
    logger,
  });
  return {
    ...engine,
    // PostgreSQL answers while OpenSearch cannot.
    describe: async (sql, query) => ({
      ...(await searcher.describe(sql, query)),
      ...(await tables.describe(sql, query)),
    }),
    async close() {
      await Promise.all([searches.close(), client.close()]);
    },
  };
}
