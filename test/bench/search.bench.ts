// node test/bench/search.bench.ts [SECONDS] [KIND…]: each kind of search alone, on an API process and a worker of its own
// over the filled and indexed database of DATABASE_URL. First all variants of a kind once, which nobody has asked for
// before; then in turns over 1 and 8 connections; then over 8 while datasets change, CHANGES a second (10). With
// OPENSEARCH_URL that answers, as soon as the worker has built its index (OPENSEARCH_ALIAS, one for each database).
// With CKAN_URL the same is asked of that portal beside it, without the changes.

import { claimPort } from '@portolan/embedded/port';
import pg from 'pg';
import { endService, startService } from '../processes/service.ts';
import { type SearchKind, searchKinds } from './catalogue/searches.ts';
import { load, shown } from './load.ts';
import { startSearchWorker } from './search_worker.ts';
import { described, memoryOf } from './server_memory.ts';

const seconds = Number(process.argv[2] ?? 5);
const chosen = process.argv.slice(3);
const { DATABASE_URL, CKAN_URL, CHANGES = '10' } = process.env;
if (!DATABASE_URL) throw new Error('DATABASE_URL names the filled database');

const { port } = await claimPort();
const url = `http://127.0.0.1:${port}`;
// The address of the site stays that of the rebuild: with another one all that is indexed would be out of date.
const env = {
  DATABASE_URL,
  PORT: String(port),
  HOST: '127.0.0.1',
  SECRET_KEY: 'of the search bench',
  LOG_LEVEL: 'error',
};
const api = await startService('api', env);
const worker = await startSearchWorker(url, env);

async function measure(server: string, { name, paths }: SearchKind): Promise<void> {
  const first = await load(server, { connections: 1, requests: paths.length, paths });
  const one = await load(server, { connections: 1, seconds, paths });
  const eight = await load(server, { connections: 8, seconds, paths });
  console.log(`${name}${server === url ? '' : ', CKAN'}`);
  console.log(`  asked first     ${shown(first)}`);
  console.log(`  1 connection    ${shown(one)}`);
  console.log(`  8 connections   ${shown(eight)}`);
}

/** Changes datasets, each in a transaction of its own, until the work is done. */
async function whileChanging<Result>(work: () => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('SELECT id FROM package ORDER BY id LIMIT 1000');
  let [turn, last] = [0, Promise.resolve<unknown>(undefined)];
  const timer = setInterval(() => {
    const { id } = rows[turn++ % rows.length]!;
    last = last.then(() =>
      client.query(
        `UPDATE package SET metadata_modified = metadata_modified + interval '1 s' WHERE id = $1`,
        [id],
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
  await endService(worker, 'SIGTERM');
}
