import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Cluster } from '../processes/cluster.ts';
import type { ServiceName } from '../processes/service.ts';
import { loseListeners, loseMessages } from './queue_losses.ts';
import { type Wait, watchRecovery } from './recovery.ts';
import type { Staff } from './staff.ts';
import { watchStandStill } from './stand_still.ts';

export interface Battered {
  cluster: Cluster;
  database: pg.Client;
  staff: Staff;
}

export interface KillRound {
  /** What happened, in order. */
  disturbances: string[];
  kills: number;
  /** Jobs that had begun and were not over when a process was killed. */
  underWay: Set<string>;
  /** Of these, jobs that the killed process itself was at. */
  atWork: Set<string>;
  /** Until somebody went on with what the dead processes were at. */
  waits: Wait[];
  /** Seconds for which a job that had begun stood still at most. */
  standStill: number;
}

/** Which services die together, each up to its share of all deaths. */
const deaths: { names: ServiceName[]; upTo: number }[] = [
  { names: ['harvester'], upTo: 0.65 },
  { names: ['worker'], upTo: 0.75 },
  { names: ['api'], upTo: 0.8 },
  { names: ['api', 'worker', 'harvester'], upTo: 1 },
];
/** How often something else happens in a round, too. */
const otherShare = 0.5;
/** Longer than a lease: what the sleeper holds is taken over. */
const suspension = 20_000;
/** Milliseconds after which a round that does not end is given up. */
const patience = 300_000;

/** Kills processes at random moments while these jobs are harvested, and waits until all are over. @param random from 0 to 1 */
export async function killRound(
  { cluster, database, staff }: Battered,
  jobs: readonly string[],
  { kills, random }: { kills: number; random: () => number },
): Promise<KillRound> {
  const round: KillRound = {
    disturbances: [],
    kills: 0,
    underWay: new Set(),
    atWork: new Set(),
    waits: [],
    standStill: 0,
  };
  const recovery = watchRecovery(database);
  const steps = watchStandStill(database, jobs);
  const others = [
    ['listeners', () => loseListeners(database)],
    ['messages', () => loseMessages(database, cluster)],
    ['zombie', () => staff.suspend(suspension)],
  ] as const;
  const under: Promise<unknown>[] = [];
  let looking = true;
  const looks = (async () => {
    for (let n = 0; looking; n++, await sleep(200)) {
      await recovery.look();
      if (n % 5 === 0) await steps.look();
    }
  })();
  const other = random() < otherShare ? others[Math.floor(random() * others.length)] : undefined;
  const before = Math.floor(random() * kills);
  while (round.kills < kills) {
    await sleep(random() * 5000);
    if ((await open(database, jobs)).length === 0) break;
    if (other && round.kills === before) {
      round.disturbances.push(other[0]);
      under.push(other[1]());
      await sleep(random() * 1000);
    }
    const death = random();
    const { names } = deaths.find(({ upTo }) => death < upTo)!;
    const dead = await staff.kill(names);
    round.kills++;
    round.disturbances.push(names.join('+'));
    for (const job of await recovery.died(dead, performance.now())) round.atWork.add(job);
    for (const job of await open(database, jobs)) round.underWay.add(job);
    await staff.replace();
    recovery.replaced(performance.now());
  }
  await Promise.all(under);
  await isOver(database, jobs);
  looking = false;
  await looks;
  await recovery.look();
  round.waits = recovery.waits;
  round.standStill = steps.longest();
  await staff.dismissOthers();
  return round;
}

/** Those that have begun and are not over. */
async function open(database: pg.Client, jobs: readonly string[]): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT id FROM harvest_job WHERE id = ANY ($1) AND gather_started IS NOT NULL AND status <> 'Finished'`,
    [jobs],
  );
  return rows.map(({ id }) => id);
}

/** Waits until all are over, and the index knows. @throws Error when they do not come to an end */
export async function isOver(database: pg.Client, jobs: readonly string[]): Promise<void> {
  const started = performance.now();
  for (;;) {
    const { rows } = await database.query<{ left: string }>(
      `SELECT 'job ' || id AS left FROM harvest_job WHERE id = ANY ($1) AND status <> 'Finished'
       UNION ALL SELECT 'change ' || key FROM portolan.outbox`,
      [jobs],
    );
    if (rows.length === 0) return;
    if (performance.now() - started > patience)
      throw new Error(`There is no end to ${rows.map(({ left }) => left).join(', ')}`);
    await sleep(250);
  }
}
