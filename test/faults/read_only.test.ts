import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Cluster, openCluster } from '../processes/cluster.ts';
import { runCommand } from '../processes/service.ts';
import { attempt, insist } from './client.ts';
import { serveCatalogue } from './mock_catalogue.ts';

let cluster: Cluster;
let source: { url: string; server: Server };
const files = mkdtempSync(path.join(tmpdir(), 'portolan-faults-files-'));
beforeAll(async () => {
  cluster = await openCluster({ postgresUrl: inject('faultsUrl'), files: { folder: files } });
  source = await serveCatalogue(300);
});
afterAll(async () => {
  await cluster.close();
  source.server.close();
  rmSync(files, { recursive: true, force: true });
});

/** Number of rows and their contents, of every table of every schema of ours, the queue's too. */
async function contents(client: pg.Client): Promise<Record<string, string>> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await client.query(
      `SELECT count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)), 0) AS text FROM ${name} AS t`,
    );
    found[name] = rows[0].text;
  }
  return found;
}

it('changes nothing in any table from the moment the switch returns, under writes, reads and a harvest', async () => {
  for (const name of ['api', 'worker', 'harvester'] as const) await cluster.start(name);
  await insist(cluster, 'organization_create', { name: 'tea' });
  const made = await insist(cluster, 'harvest_source_create', {
    name: 'mock',
    url: source.url,
    source_type: 'dcat_json',
    owner_org: 'tea',
  });
  const job = await insist(cluster, 'harvest_job_create', { source_id: made.result.id });

  let over = false;
  const statuses = new Map<string, number>();
  const count = (what: string, status: number) =>
    statuses.set(`${what} ${status}`, (statuses.get(`${what} ${status}`) ?? 0) + 1);
  const writers = [1, 2, 3].map(async (writer) => {
    await insist(cluster, 'package_create', { name: `written-${writer}`, owner_org: 'tea' });
    for (let turn = 0; !over; turn++) {
      const answer = await attempt(cluster, 'package_patch', {
        id: `written-${writer}`,
        notes: `turn ${turn}`,
      });
      count('write', answer?.status ?? 0);
      if (answer?.status === 503) expect(answer.error).toMatchObject({ __type: 'Read Only Error' });
    }
  });
  const readers = [1, 2].map(async () => {
    while (!over) {
      const answer = await attempt(cluster, 'package_search', { rows: 5 });
      count('read', answer?.status ?? 0);
    }
  });

  const client = new pg.Client({ connectionString: cluster.env['DATABASE_URL'] });
  await client.connect();
  try {
    await expect.poll(() => statuses.get('write 200') ?? 0, { timeout: 60_000 }).toBeGreaterThan(0);
    await runCommand(['maintenance', 'on', '--reason', 'drill'], cluster.env);
    const before = await contents(client);
    statuses.clear();
    await sleep(3000);
    expect(await contents(client)).toEqual(before);
    expect(statuses.get('write 200')).toBeUndefined();
    expect(statuses.get('write 503')).toBeGreaterThan(0);
    expect(statuses.get('read 200')).toBeGreaterThan(0);
    expect([...statuses.keys()].sort()).toEqual(['read 200', 'write 503']);

    await runCommand(['maintenance', 'off'], cluster.env);
    statuses.clear();
    await expect.poll(() => statuses.get('write 200') ?? 0, { timeout: 60_000 }).toBeGreaterThan(0);
    await expect
      .poll(async () => (await insist(cluster, 'harvest_job_show', { id: job.result.id })).result.status, {
        timeout: 60_000,
      })
      .toBe('Finished');
    expect((await insist(cluster, 'harvest_job_show', { id: job.result.id })).result.stats).toMatchObject({
      added: 300,
    });
  } finally {
    over = true;
    await Promise.all([...writers, ...readers]);
    await client.end();
  }
});
