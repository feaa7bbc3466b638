import { silentLogger } from '@portolan/kernel';
import type { SearchEngine } from '@portolan/search';
import { openSearchEngine } from '@portolan/search/opensearch';
import { afterAll, describe } from 'vitest';
import { testDatabase } from '../../harness/database.ts';
import { startServer } from '../server.ts';
import { agreesWithTables } from './agreement.ts';
import { searchConformance } from './conformance.ts';
import { farPages, smallWindow } from './far_pages.ts';
import { numberedCases } from './numbered/numbered.ts';
import { remembersRightly } from './remembering.ts';

// A server of its own: other tests stop and kill theirs.
const server = startServer('opensearch', { OPENSEARCH_PORT: '19242' });
afterAll(() => server?.stop());

describe.skipIf(!server)('the OpenSearch engine (needs ../shared/servers/opensearch)', () => {
  searchConformance(() => open('conformance'));
  describe('numbered cases', () => numberedCases(() => open('numbered')));
  // The same pages, once by walking past what lies before them.
  farPages(() => open('far-pages', smallWindow));
  describe('remembers', () => {
    const alias = 'remembering';
    remembersRightly(async () => ({ ...(await open(alias)), remembered: () => answeredFromMemory(alias) }));
  });
  describe('agrees with the tables', () => agreesWithTables(() => open('agreement')));
});

async function open(alias: string, window?: number) {
  const { db } = await testDatabase();
  const engine = openSearchEngine({
    db,
    url: server!.variables['OPENSEARCH_URL']!,
    alias,
    timeout: 30_000,
    ...(window ? { window } : {}),
    // What PostgreSQL would answer proves nothing here.
    fallback: () => 'error',
    logger: silentLogger,
  });
  await engine.mirror!.tend(async () => true);
  afterAll(() => engine.close?.());
  return { engine: searchable(engine), db };
}

async function answeredFromMemory(alias: string): Promise<number> {
  const answer = await fetch(`${server!.variables['OPENSEARCH_URL']}/${alias}/_stats/request_cache`);
  const { _all: all } = (await answer.json()) as {
    _all: { total: { request_cache: { hit_count: number } } };
  };
  return all.total.request_cache.hit_count;
}

/** Searches see what was committed before, as they do after a write through the portal. */
const searchable = (engine: SearchEngine): SearchEngine => ({
  ...engine,
  async search(sql, query) {
    await engine.mirror!.settle();
    return engine.search(sql, query);
  },
  async suggestDatasets(sql, query) {
    await engine.mirror!.settle();
    return engine.suggestDatasets(sql, query);
  },
});
