import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import type { Cluster } from '../processes/cluster.ts';
import { endService, type ServiceName, type ServiceProcess } from '../processes/service.ts';
import { catalogue, insist } from './client.ts';
import { job } from './harvest_cluster.ts';

/** What a run is to end as. */
export interface Ending {
  stats: unknown;
  datasets: Record<string, unknown>[];
}

/** A cluster whose processes are killed and started again. */
export interface Battered {
  cluster: Cluster;
  database: pg.Client;
  sourceId: string;
  processes: Map<ServiceName, ServiceProcess>;
}

export interface KilledRun {
  /** Processes that were killed while the job was under way. */
  kills: number;
  /** Seconds from the end of a harvester to the next progress of its job, of each kill. */
  recoveries: number[];
  /** What is not as after an undisturbed run. */
  differences: string[];
}

/** Harvests once more from nothing; kills some process at random moments of it. @param random from 0 to 1 */
export async function killedRun(
  battered: Battered,
  { kills, expected, random }: { kills: number; expected: Ending; random: () => number },
): Promise<KilledRun> {
  const { cluster, database, sourceId } = battered;
  await insist(cluster, 'harvest_source_clear', { id: sourceId });
  const id = (await insist(cluster, 'harvest_job_create', { source_id: sourceId })).result.id as string;
  const run: KilledRun = { kills: 0, recoveries: [], differences: [] };
  while (run.kills < kills) {
    await sleep(random() * 2000);
    if (isOver(await progress(database, id))) break;
    const name = random() < 0.8 ? 'harvester' : 'worker';
    const died = performance.now();
    await kill(battered, name);
    run.kills++;
    const before = await progress(database, id);
    if (name !== 'harvester' || isOver(before)) continue;
    await until(async () => (await progress(database, id)) !== before);
    run.recoveries.push((performance.now() - died) / 1000);
  }
  await until(async () => isOver(await progress(database, id)));
  run.differences = await differences(cluster, id, expected);
  return run;
}

/** What the job has come to, and what there is of it. */
export async function endingOf(cluster: Cluster, id: string): Promise<Ending> {
  return { stats: (await job(cluster, id)).stats, datasets: await catalogue(cluster) };
}

async function differences(cluster: Cluster, id: string, expected: Ending): Promise<string[]> {
  const ended = await endingOf(cluster, id);
  const found: string[] = [];
  if (!isDeepStrictEqual(ended.stats, expected.stats)) found.push(`counts ${JSON.stringify(ended.stats)}`);
  if (ended.datasets.length !== expected.datasets.length) found.push(`${ended.datasets.length} datasets`);
  for (const [index, dataset] of expected.datasets.entries())
    if (!isDeepStrictEqual(ended.datasets[index], dataset)) found.push(`dataset ${String(dataset['name'])}`);
  return found;
}

async function kill({ cluster, processes }: Battered, name: ServiceName): Promise<void> {
  const victim = processes.get(name);
  if (victim) await endService(victim, 'SIGKILL');
  processes.set(name, await cluster.start(name));
}

/** How far the job is: another text after any step of it. */
async function progress(database: pg.Client, id: string): Promise<string> {
  const { rows } = await database.query<{ text: string }>(
    `SELECT concat_ws(' ', j.status, j.gather_started, j.gather_finished, t.gather_reached,
       (SELECT count(*) FROM harvest_object WHERE harvest_job_id = j.id),
       (SELECT count(*) FROM harvest_object WHERE harvest_job_id = j.id AND state IN ('COMPLETE', 'ERROR'))) AS text
     FROM harvest_job j LEFT JOIN portolan.harvest_job_state t ON t.job_id = j.id WHERE j.id = $1`,
    [id],
  );
  return rows[0]?.text ?? '';
}

const isOver = (progress: string): boolean => progress.startsWith('Finished');

async function until(happened: () => Promise<boolean>): Promise<void> {
  while (!(await happened())) await sleep(50);
}
