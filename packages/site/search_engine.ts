import type { Db } from '@portolan/db';
import type { Config, Logger } from '@portolan/kernel';
import { openSearchEngine, postgresEngine, type SearchEngine } from '@portolan/search';

/** The engine that the configuration names. The configuration is read anew where it may change while we run. */
export function openEngine(config: () => Config, db: Db, logger: Logger): SearchEngine {
  const { opensearchUrl, opensearchAlias, searchTimeout } = config();
  if (opensearchUrl === undefined) return postgresEngine();
  return openSearchEngine({
    db,
    url: opensearchUrl,
    alias: opensearchAlias,
    timeout: searchTimeout,
    fallback: () => config().searchFallback,
    logger,
  });
}
