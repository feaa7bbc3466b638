import type { Db } from '@portolan/db';
import type { Config, Logger } from '@portolan/kernel';
import { postgresEngine, type SearchEngine } from '@portolan/search';

/** The engine that the configuration names. The configuration is read anew where it may change while we run. */
export async function openEngine(config: () => Config, db: Db, logger: Logger): Promise<SearchEngine> {
  const { opensearchUrl, opensearchAlias, searchTimeout, searchExpansion } = config();
  const limits = { timeout: searchTimeout, costs: { most: searchExpansion } };
  if (opensearchUrl === undefined) return postgresEngine(limits);
  // Its client is a fifth of all modules: who has no OpenSearch does not wait for it.
  const { openSearchEngine } = await import('@portolan/search/opensearch');
  return openSearchEngine({
    db,
    url: opensearchUrl,
    alias: opensearchAlias,
    ...limits,
    fallback: () => config().searchFallback,
    logger,
  });
}
