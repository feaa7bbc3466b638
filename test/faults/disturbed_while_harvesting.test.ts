import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Cluster, openCluster } from '../processes/cluster.ts';
import type { ServiceProcess } from '../processes/service.ts';
import { catalogue, insist } from './client.ts';
import { harvest, job } from './harvest_cluster.ts';
import { serveCatalogue } from './mock_catalogue.ts';
import { loseListeners, loseMessages } from './queue_losses.ts';

const datasets = 150;

let source: { url: string; server: Server };
const clusters: Cluster[] = [];
const files = mkdtempSync(path.join(tmpdir(), 'portolan-faults-files-'));
const begin = async () => {
  const cluster = await openCluster({
    postgresUrl: inject('faultsUrl'),
    redisUrl: process.env['REDIS_URL'],
    files: { folder: files },
  });
  clusters.push(cluster);
  await cluster.start('api');
  await cluster.start('worker');
  return cluster;
};
beforeAll(async () => {
  source = await serveCatalogue(datasets);
});
afterAll(async () => {
  for (const cluster of clusters) await cluster.close();
  source.server.close();
  rmSync(files, { recursive: true, force: true });
});

const finished = (cluster: Cluster, id: string) =>
  expect
    .poll(async () => (await job(cluster, id)).status, { timeout: 120_000, interval: 200 })
    .toBe('Finished');

it('ends as an undisturbed run does: lost and doubled messages, lost listeners, two harvesters, a zombie', async () => {
  const calm = await begin();
  await calm.start('harvester');
  const calmJob = await harvest(calm, source.url);
  await finished(calm, calmJob);
  const expected = { stats: (await job(calm, calmJob)).stats, datasets: await catalogue(calm) };
  expect(expected.stats).toMatchObject({ added: datasets, errored: 0 });
  await calm.close();
  clusters.splice(clusters.indexOf(calm), 1);

  const shaken = await begin();
  const harvesters = [await shaken.start('harvester'), await shaken.start('harvester')];
  const database = new pg.Client({ connectionString: shaken.env['DATABASE_URL'] });
  await database.connect();
  try {
    const id = await harvest(shaken, source.url);
    await begun(database, id, 1);
    expect(await loseListeners(database)).toBeGreaterThan(0);
    expect(await loseMessages(database, shaken)).toBeGreaterThan(0);
    await doubleRequests(database);
    await begun(database, id, 20);
    const zombie = await stopOneAtWork(database, harvesters, id);
    await expect.poll(() => holders(database, id), { timeout: 60_000 }).not.toContain(zombie.child.pid);
    zombie.child.kill('SIGCONT');
    await loseMessages(database, shaken);
    await finished(shaken, id);
    expect((await job(shaken, id)).stats).toEqual(expected.stats);
  } finally {
    for (const { child } of harvesters) child.kill('SIGCONT');
    await database.end();
  }
  expect(await catalogue(shaken)).toEqual(expected.datasets);
  await expect
    .poll(async () => (await insist(shaken, 'package_search', { rows: 0 })).result.count, { timeout: 60_000 })
    .toBe(datasets);
});

/** The processes that import the harvest job's records. */
async function holders(database: pg.Client, harvestJob: string): Promise<number[]> {
  const { rows } = await database.query<{ worker: number }>(
    `SELECT worker::int FROM portolan.job WHERE name LIKE 'harvest.import%' AND key = $1 AND state = 'active'`,
    [harvestJob],
  );
  return rows.map(({ worker }) => worker);
}

/** Waits until so many records are in the catalogue. */
const begun = (database: pg.Client, harvestJob: string, records: number) =>
  expect
    .poll(
      async () =>
        (
          await database.query(
            `SELECT FROM harvest_object WHERE harvest_job_id = $1 AND current LIMIT ${records}`,
            [harvestJob],
          )
        ).rowCount,
      { timeout: 60_000, interval: 20 },
    )
    .toBe(records);

/** Stops one that imports, with its lease in its hands, wherever it is: in the middle of a transaction too. */
async function stopOneAtWork(
  database: pg.Client,
  harvesters: ServiceProcess[],
  harvestJob: string,
): Promise<ServiceProcess> {
  for (;;) {
    const [pid] = await holders(database, harvestJob);
    const found = harvesters.find(({ child }) => child.pid === pid);
    if (!found || pid === undefined) continue;
    found.child.kill('SIGSTOP');
    if ((await holders(database, harvestJob)).includes(pid)) return found;
    found.child.kill('SIGCONT');
  }
}

/** A second request for every piece of harvest work that was ever asked for. */
const doubleRequests = (database: pg.Client) =>
  database.query(
    `INSERT INTO portolan.job (queue, name, key, max_attempts)
     SELECT DISTINCT queue, name, key, max_attempts FROM portolan.job WHERE name LIKE 'harvest.%'`,
  );
