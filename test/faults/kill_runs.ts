// node test/faults/kill_runs.ts [RUNS] [--sources N] [--records N] [--kills N] [--seed N] [--while-absent FILE]: harvests
// sources that change, many at once, kills processes at random moments, and compares what every job that was under way
// then has come to with what it comes to undisturbed. Such a job is a run. Ends with 1 when any differs, or when anything
// took longer than 25 seconds to be gone on with. No round begins while FILE is there.
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { temporaryPostgres } from '../harness/postgres.ts';
import { stepsOfCycle } from './changing_records.ts';
import { serveChangingSources } from './changing_sources.ts';
import { differencesOf, outcomeOf } from './harvest_outcome.ts';
import { killRound } from './kill_round.ts';
import { beginHarvests, stepIn } from './kill_sources.ts';
import { randomOf } from './random.ts';
import type { Wait } from './recovery.ts';
import { openPortal, undisturbed } from './undisturbed.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    sources: { type: 'string', default: '18' },
    records: { type: 'string', default: '60' },
    kills: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    'while-absent': { type: 'string', default: '' },
  },
});
const runs = Number(positionals[0] ?? 20);
const kills = Number(values.kills);
const random = randomOf(Number(values.seed));
const longest = 25;

const postgres = await temporaryPostgres({ databases: [] });
const { sources, close } = await serveChangingSources(Number(values.sources), Number(values.records));
const told = { rounds: 0, runs: 0, atWork: 0, equal: 0, harvests: 0, kills: 0 };
const waits: Wait[] = [];
let standStill = 0;
const longestOf = (waited: readonly Wait[], since: keyof Wait) =>
  Math.max(0, ...waited.map((wait) => wait[since]));
const worst = (waited: readonly Wait[]) =>
  `${longestOf(waited, 'death').toFixed(1)} s at most, ${longestOf(waited, 'replacement').toFixed(1)} s after there was a process again`;
const load = () => loadavg().map((one) => one.toFixed(1)).join(' '); // biome-ignore format: one line
const of = (count: number, total: number) => `${count} of ${total}`;
try {
  const calm = await openPortal(postgres, sources);
  const expectedOf = await undisturbed(calm, sources);
  await calm.close();
  console.log(`undisturbed, by type and step; load average ${load()}`);
  for (const { name, type } of sources.slice(0, 3))
    for (let step = 0; step < stepsOfCycle; step++)
      console.log(`  ${type}: ${JSON.stringify(expectedOf({ name, step, id: '', jobId: '' })['job'])}`);
  const portal = await openPortal(postgres, sources);
  try {
    for (; told.runs < runs; told.rounds++) {
      while (existsSync(values['while-absent'])) await sleep(1000);
      const started = performance.now();
      const harvested = await beginHarvests(
        portal.cluster,
        portal.ids,
        sources.flatMap((source, index) => {
          const step = stepIn(told.rounds, index);
          return step === undefined ? [] : [{ source, step }];
        }),
      );
      const jobs = harvested.map(({ jobId }) => jobId);
      const round = await killRound(portal, jobs, { kills, random });
      const different: string[] = [];
      for (const one of harvested) {
        const found = differencesOf(await outcomeOf(portal.cluster, portal.database, one), expectedOf(one));
        if (found.length > 0) different.push(`${one.name} at step ${one.step}:\n    ${found.join('\n    ')}`);
        else if (round.underWay.has(one.jobId)) told.equal++;
      }
      told.harvests += harvested.length;
      told.runs += round.underWay.size;
      told.atWork += round.atWork.size;
      told.kills += round.kills;
      waits.push(...round.waits);
      standStill = Math.max(standStill, round.standStill);
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      console.log(
        `round ${told.rounds + 1}, ${seconds} s: ${round.disturbances.join(', ')}; ${of(round.underWay.size, harvested.length)} jobs under way, ${round.atWork.size} at work; gone on with after ${worst(round.waits)}, none stood still for more than ${round.standStill.toFixed(0)} s; ${different.length} differ; in all ${of(told.equal, told.runs)} equal; load average ${load()}`,
      );
      for (const text of different) console.log(`  ${text}`);
    }
  } finally {
    await portal.close();
  }
} finally {
  close();
  await postgres.close();
}
console.log(
  `${told.rounds} rounds of ${told.harvests} harvests, ${told.kills} kills: ${of(told.equal, told.runs)} jobs that were under way are as undisturbed (${told.atWork} of them at work in what was killed); ${waits.length} were gone on with after ${worst(waits)} (asked ${longest}); no job that had begun stood still for more than ${standStill.toFixed(0)} s; load average ${load()}`,
);
process.exitCode = told.equal === told.runs && longestOf(waits, 'death') <= longest ? 0 : 1;
