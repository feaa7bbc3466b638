// node test/bench/search.bench.ts [SECONDS] [KIND…]: each kind of search alone, on an API process of its own over the
// filled and indexed database of DATABASE_URL. First all variants of a kind once, which nobody has asked for before;
// then in turns over 1 and 8 connections; then over 8 while documents of the index change, CHANGES a second (10). With
// OPENSEARCH_URL that answers, as soon as a worker has built its index (OPENSEARCH_ALIAS, one for each database). With
// CKAN_URL the same is asked of that portal beside it, without the changes.

import { claimPort } from '@portolan/embedded/port';
import pg from 'pg';
import { endService, startService } from '../processes/service.ts';
import { type SearchKind, searchKinds } from './catalogue/searches.ts';
import { load, shown } from './load.ts';
import { startMirrorWorker } from './mirror_worker.ts';
import { described, memoryOf } from './server_memory.ts';

const seconds = Number(process.argv[2] ?? 5);
const chosen = process.argv.slice(3);
const { DATABASE_URL, CKAN_URL, OPENSEARCH_URL, CHANGES = '10' } = process.env;
if (!DATABASE_URL) throw new Error('DATABASE_URL names the filled database');

const { port } = await claimPort();
const url = `http://127.0.0.1:${port}`;
const env = {
  DATABASE_URL,
  PORT: String(port),
  HOST: '127.0.0.1',
  CKAN_SITE_URL: url,
  SECRET_KEY: 'of the search bench',
  LOG_LEVEL: 'error',
};
const api = await startService('api', env);
const worker = OPENSEARCH_URL ? await startMirrorWorker(url, env) : undefined;

async function measure(server: string, { name, paths }: SearchKind): Promise<void> {
  const first = await load(server, { connections: 1, requests: paths.length, paths });
  const one = await load(server, { connections: 1, seconds, paths });
  const eight = await load(server, { connections: 8, seconds, paths });
  console.log(`${name}${server === url ? '' : ', CKAN'}`);
  console.log(`  asked first     ${shown(first)}`);
  console.log(`  1 connection    ${shown(one)}`);
  console.log(`  8 connections   ${shown(eight)}`);
}

/** Changes documents of the index, each in a transaction of its own, until the work is done. */
async function whileChanging<Result>(work: () => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  const { rows } = await client.query<{ number: number }>(
    'SELECT number FROM portolan.search_document ORDER BY number LIMIT 1000',
  );
  let [turn, last] = [0, Promise.resolve<unknown>(undefined)];
  const timer = setInterval(() => {
    const { number } = rows[turn++ % rows.length]!;
    last = last.then(() =>
      client.query(
        'UPDATE portolan.search_document SET metadata_modified = metadata_modified + 1 WHERE number = $1',
        [number],
      ),
    );
  }, 1000 / Number(CHANGES));
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await last;
    await client.end();
  }
}

try {
  // Columns that every search needs are read before anything is timed.
  await load(url, { connections: 1, requests: 1, paths: [searchKinds[0]!.paths[0]!] });
  for (const kind of searchKinds) {
    if (chosen.length > 0 && !chosen.includes(kind.name)) continue;
    await measure(url, kind);
    const busy = await whileChanging(() => load(url, { connections: 8, seconds, paths: kind.paths }));
    console.log(`  8, ${CHANGES} changes/s ${shown(busy)}`);
    if (CKAN_URL) await measure(CKAN_URL, kind);
  }
  console.log(`the API process after all: ${described(memoryOf(api.child.pid ?? 0))}`);
} finally {
  await endService(api, 'SIGTERM');
  if (worker) await endService(worker, 'SIGTERM');
}
