// node test/bench/index.bench.ts [COUNT] [outdated | anew] [WORKERS]: rebuilds the index of the first COUNT datasets of
// the filled database of DATABASE_URL in this process, on the same machine as its PostgreSQL, and tells what it took:
// time, the processor's time of both, the statements that were waited for longest. `anew` (the default) makes every
// entry again.
import { tmpdir } from 'node:os';
import { type RebuildOptions, rebuildIndex } from '@portolan/catalogue';
import { benchSite } from './harvest_site.ts';
import { cpuOf } from './process_usage.ts';
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

/** Seconds of the processor of the database's sessions that are ours. */
async function sessionsCpu(): Promise<number> {
  const rows = await site.db.rows<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ckan-bench'`,
  );
  return rows.reduce((sum, { pid }) => sum + cpuOf(pid), 0);
}

// All sessions are there, and know the tables.
await Promise.all(Array.from({ length: Number(workers) + 2 }, () => site.db.rows('SELECT pg_sleep(0.1)')));
const [databaseBefore, ownBefore] = [await sessionsCpu(), process.cpuUsage()];
const began = performance.now();
let done = 0;
for await (const { indexed, failures } of rebuildIndex(site, options)) {
  done += indexed.length + failures.length;
  if (done >= Number(count)) break;
}
const seconds = (performance.now() - began) / 1000;
const own = process.cpuUsage(ownBefore);
const database = (await sessionsCpu()) - databaseBefore;
const each = (spent: number) => `${((spent * 1000) / done).toFixed(2)} ms`;
console.log(`${done} datasets in ${seconds.toFixed(1)} s, ${(done / seconds).toFixed(0)}/s`);
console.log(`CPU a dataset: Node ${each((own.user + own.system) / 1e6)}, PostgreSQL ${each(database)}`);
console.log(longest(statements, 10));
await site.db.close();
