import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Cluster, openCluster } from '../processes/cluster.ts';
import { endService, type ServiceProcess } from '../processes/service.ts';
import { attempt, insist } from './client.ts';

const kills = 16;
const writers = 4;

let cluster: Cluster;
const files = mkdtempSync(path.join(tmpdir(), 'portolan-faults-files-'));
beforeAll(async () => {
  cluster = await openCluster({ postgresUrl: inject('faultsUrl'), files: { folder: files } });
});
afterAll(async () => {
  await cluster.close();
  rmSync(files, { recursive: true, force: true });
});

it(`keeps every answered write and no half of any, killed ${kills} times in the middle`, async () => {
  let api: ServiceProcess = await cluster.start('api');
  let worker: ServiceProcess = await cluster.start('worker');
  await insist(cluster, 'organization_create', { name: 'tea' });

  let over = false;
  /** What was answered last, by dataset; an unanswered write may or may not have happened. */
  const answered = new Map<string, number>();
  const begun = new Map<string, number>();
  const write = async (writer: number) => {
    for (let turn = 1; !over; turn++) {
      const name = `dataset-${writer}-${turn % 10}`;
      const resources = Array.from({ length: 5 }, (_, one) => ({
        url: `https://example.org/${turn}/${one}`,
      }));
      begun.set(name, turn);
      const known = await insist(cluster, 'package_show', { id: name });
      const params = { name, owner_org: 'tea', notes: `turn ${turn}`, version: String(turn), resources };
      const answer =
        known.status === 404
          ? await attempt(cluster, 'package_create', params)
          : await attempt(cluster, 'package_update', { ...params, id: name });
      if (answer?.status === 200) answered.set(name, turn);
      else if (answer && answer.status < 500)
        throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.error)}`);
    }
  };
  const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));

  for (let kill = 0; kill < kills; kill++) {
    await sleep(50 + ((kill * 37) % 400));
    if (kill % 3 === 2) {
      await endService(worker, 'SIGKILL');
      worker = await cluster.start('worker');
    } else {
      await endService(api, 'SIGKILL');
      api = await cluster.start('api');
    }
  }
  over = true;
  await writing;

  expect(answered.size).toBeGreaterThan(writers);
  for (const [name, turn] of answered) {
    const { result } = await insist(cluster, 'package_show', { id: name });
    const version = Number(result.version);
    expect([name, version >= turn && version <= (begun.get(name) ?? 0)]).toEqual([name, true]);
    expect(result.notes).toBe(`turn ${version}`);
    expect(result.resources.map((resource: { url: string }) => resource.url)).toEqual(
      Array.from({ length: 5 }, (_, one) => `https://example.org/${version}/${one}`),
    );
  }

  const client = new pg.Client({ connectionString: cluster.env['DATABASE_URL'] });
  await client.connect();
  try {
    const count = async (sql: string) => Number((await client.query(sql)).rows[0].count);
    await expect.poll(() => count('SELECT count(*) FROM portolan.outbox'), { timeout: 60_000 }).toBe(0);
    const datasets = await count('SELECT count(*) FROM package');
    const found = await insist(cluster, 'package_search', { rows: 1000 });
    expect(found.result.count).toBe(datasets);
    for (const dataset of found.result.results) {
      const shown = await insist(cluster, 'package_show', { id: dataset.id });
      expect(dataset).toEqual(shown.result);
    }
    expect(
      await count(
        `SELECT count(*) FROM resource r LEFT JOIN package p ON p.id = r.package_id WHERE p.id IS NULL`,
      ),
    ).toBe(0);
    expect(await count(`SELECT count(*) FROM activity WHERE activity_type = 'new package'`)).toBe(datasets);
    expect(await count(`SELECT count(*) FROM member WHERE table_name = 'package' AND state = 'active'`)).toBe(
      datasets,
    );
  } finally {
    await client.end();
  }
});
