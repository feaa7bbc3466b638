import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Cluster, openCluster } from '../processes/cluster.ts';
import { endService, type ServiceName, type ServiceProcess } from '../processes/service.ts';
import { catalogue, insist } from './client.ts';
import { harvest, job } from './harvest_cluster.ts';
import { serveCatalogue } from './mock_catalogue.ts';

/** More by hand: `PORTOLAN_TEST_KILLS=200`. */
const kills = Number(process.env['PORTOLAN_TEST_KILLS'] ?? 16);
/** Enough for work to be left at the last kill. */
const datasets = Math.max(400, kills * 15);

let source: { url: string; server: Server };
const clusters: Cluster[] = [];
const files = mkdtempSync(path.join(tmpdir(), 'portolan-faults-files-'));
const begin = async () => {
  const cluster = await openCluster({ postgresUrl: inject('faultsUrl'), files: { folder: files } });
  clusters.push(cluster);
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

it(`ends as an undisturbed run does, killed ${kills} times in the middle`, async () => {
  const calm = await begin();
  for (const name of ['api', 'worker', 'harvester'] as const) await calm.start(name);
  const calmJob = await harvest(calm, source.url);
  await expect.poll(async () => (await job(calm, calmJob)).status, { timeout: 120_000 }).toBe('Finished');
  const expected = { stats: (await job(calm, calmJob)).stats, datasets: await catalogue(calm) };
  expect(expected.stats).toMatchObject({ added: datasets, errored: 0 });
  for (const service of [...calm.running]) await endService(service, 'SIGTERM');

  const shaken = await begin();
  const running = new Map<ServiceName, ServiceProcess>();
  for (const name of ['api', 'worker', 'harvester'] as const) running.set(name, await shaken.start(name));
  const id = await harvest(shaken, source.url);
  const victims: ServiceName[] = ['harvester', 'worker', 'harvester', 'api'];
  for (let kill = 0; kill < kills; kill++) {
    await sleep(30 + ((kill * 53) % 300));
    const name = victims[kill % victims.length] ?? 'harvester';
    const victim = running.get(name);
    if (victim) await endService(victim, 'SIGKILL');
    running.set(name, await shaken.start(name));
  }
  await expect
    .poll(async () => (await job(shaken, id)).status, { timeout: 240_000, interval: 500 })
    .toBe('Finished');
  expect((await job(shaken, id)).stats).toEqual(expected.stats);
  expect(await catalogue(shaken)).toEqual(expected.datasets);
  await expect
    .poll(async () => (await insist(shaken, 'package_search', { rows: 0 })).result.count, { timeout: 60_000 })
    .toBe(datasets);
});
