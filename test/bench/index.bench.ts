// node test/bench/index.bench.ts [COUNT] [outdated | anew | first] [WORKERS]: rebuilds the index of the first COUNT
// datasets of the filled database of DATABASE_URL in this process, on the same machine as its PostgreSQL, and tells what
// it took: time, the processor's time of both, WAL, the statements that were waited for longest. `anew` (the default)
// makes every entry again, `first` empties the tables of the index before that.
import { tmpdir } from 'node:os';
import { type RebuildOptions, rebuildIndex } from '@portolan/catalogue';
import { benchSite } from './harvest_site.ts';
import { cpuOfFamily, parentOf } from './process_usage.ts';
import { countStatements, longest } from './statements.ts';

const [count = '4000', mode = 'anew', workers = '2'] = process.argv.slice(2);
const { DATABASE_URL } = process.env;
if (!DATABASE_URL) throw new Error('DATABASE_URL names the filled database');

const site = benchSite(DATABASE_URL, tmpdir());
const statements = countStatements();
const options: RebuildOptions = {
  selection: {},
  workers: Number(workers),
  onlyOutdated: mode === 'outdated',
};

if (mode === 'first')
  await site.db.rows(`TRUNCATE portolan.search_document, portolan.search_posting, portolan.search_term,
    portolan.search_statistic, portolan.search_change, portolan.dataset_document`);

const [session] = await site.db.rows<{ pid: number }>('SELECT pg_backend_pid() AS pid');
const server = parentOf(session!.pid);
/** Megabytes that the server has written to its log. */
async function logged(): Promise<number> {
  const [row] = await site.db.rows<{ megabytes: number }>(
    `SELECT (pg_current_wal_lsn() - '0/0')::float8 / 1e6 AS megabytes`,
  );
  return row!.megabytes;
}

// All sessions are there, and know the tables.
await Promise.all(Array.from({ length: Number(workers) + 2 }, () => site.db.rows('SELECT pg_sleep(0.1)')));
const [databaseBefore, ownBefore, logBefore] = [cpuOfFamily(server), process.cpuUsage(), await logged()];
const began = performance.now();
let done = 0;
for await (const { indexed, failures } of rebuildIndex(site, options)) {
  done += indexed.length + failures.length;
  if (done >= Number(count)) break;
}
const seconds = (performance.now() - began) / 1000;
const own = process.cpuUsage(ownBefore);
// Of all of the server: its writers and its cleaning, too.
const database = cpuOfFamily(server) - databaseBefore;
const log = (await logged()) - logBefore;
const each = (spent: number) => `${((spent * 1000) / done).toFixed(2)} ms`;
console.log(`${done} datasets in ${seconds.toFixed(1)} s, ${(done / seconds).toFixed(0)}/s`);
console.log(`CPU a dataset: Node ${each((own.user + own.system) / 1e6)}, PostgreSQL ${each(database)}`);
console.log(`WAL a dataset: ${((log * 1000) / done).toFixed(1)} kB`);
console.log(longest(statements, 10));
await site.db.close();
