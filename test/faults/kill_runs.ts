// node test/faults/kill_runs.ts [RUNS] [--kills N] [--records N] [--seed N]: harvests a source again and again, from nothing,
// each time killing processes in the middle, and compares what there is afterwards with what an undisturbed run makes. Ends
// with 1 when anything differs or takes longer than 25 seconds to go on.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { temporaryPostgres } from '../harness/postgres.ts';
import { openCluster } from '../processes/cluster.ts';
import type { ServiceName } from '../processes/service.ts';
import { insist } from './client.ts';
import { harvest } from './harvest_cluster.ts';
import { type Battered, endingOf, killedRun } from './kill_run.ts';
import { serveCatalogue } from './mock_catalogue.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '2' },
    records: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
  },
});
const runs = Number(positionals[0] ?? 10);
const longest = 25;

/** Mulberry32: the same moments for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const postgres = await temporaryPostgres({ databases: [] });
const source = await serveCatalogue(Number(values.records));
const cluster = await openCluster({
  postgresUrl: postgres.url('postgres'),
  files: { folder: `${postgres.folder}/files` },
});
const database = new pg.Client({ connectionString: cluster.env['DATABASE_URL'] });
await database.connect();
const processes: Battered['processes'] = new Map();
let kills = 0;
let equal = 0;
const recoveries: number[] = [];
try {
  for (const name of ['api', 'worker', 'harvester'] as ServiceName[])
    processes.set(name, await cluster.start(name));
  const first = await harvest(cluster, source.url);
  const finished = async () =>
    (await insist(cluster, 'harvest_job_show', { id: first })).result.status === 'Finished';
  while (!(await finished())) await new Promise((resolve) => setTimeout(resolve, 200));
  const expected = await endingOf(cluster, first);
  const { rows } = await database.query<{ id: string }>('SELECT source_id AS id FROM harvest_job');
  const battered: Battered = { cluster, database, processes, sourceId: rows[0]?.id ?? '' };
  const random = randomOf(Number(values.seed));
  for (let run = 1; run <= runs; run++) {
    const result = await killedRun(battered, { kills: Number(values.kills), expected, random });
    kills += result.kills;
    recoveries.push(...result.recoveries);
    if (result.differences.length === 0) equal++;
    console.log(
      `run ${run}: ${result.kills} kills, recovered after ${result.recoveries.map((one) => one.toFixed(1)).join(', ') || '-'} s; ${result.differences.join('; ') || 'equal'}`,
    );
  }
} finally {
  await database.end();
  await cluster.close();
  source.server.close();
  await postgres.close();
}
const worst = Math.max(0, ...recoveries);
console.log(
  `${runs} runs, ${kills} kills: ${equal} equal to an undisturbed run, ${runs - equal} not; worst recovery ${worst.toFixed(1)} s of ${recoveries.length} (at most ${longest}); load average ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')}`,
);
process.exitCode = equal === runs && worst <= longest ? 0 : 1;
