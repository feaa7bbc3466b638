import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Cluster, openCluster } from '../processes/cluster.ts';
import { endService, runCommand, type ServiceProcess } from '../processes/service.ts';
import { attempt, insist } from './client.ts';

const kills = 12;
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

interface Entry {
  change: string;
  kind: string;
  id: string;
  position: number;
  document?: { notes: string };
}

it(`tells a mirror each commit once, and keeps the audit log whole, killed ${kills} times in the middle`, async () => {
  let api: ServiceProcess = await cluster.start('api');
  let worker: ServiceProcess = await cluster.start('worker');
  await cluster.start('worker');
  await insist(cluster, 'organization_create', { name: 'tea' });
  const client = new pg.Client({ connectionString: cluster.env['DATABASE_URL'] });
  client.on('error', () => {}); // Ended with its database when the test has failed.
  await client.connect();

  let over = false;
  const { cursor: start } = (await insist(cluster, 'changes_list', { since: 'now' })).result;
  const told: Entry[] = [];
  let cursor = start;
  const follow = async (until: () => boolean) => {
    while (!until()) {
      const { status, result } = await insist(cluster, 'changes_list', {
        since: cursor,
        wait: 1,
        limit: 7,
        include: 'document',
      });
      expect(status).toBe(200);
      told.push(...result.changes);
      cursor = result.cursor;
      if (over && result.changes.length === 0 && !result.more) return;
    }
  };
  const following = follow(() => over);

  const write = async (writer: number) => {
    for (let turn = 1; !over; turn++) {
      const id = `dataset-${writer}-${turn % 3}`;
      const params = { notes: `turn ${turn}` };
      const answer = await attempt(cluster, 'package_patch', { id, ...params });
      if (answer?.status === 404)
        await attempt(cluster, 'package_create', { name: id, owner_org: 'tea', ...params });
    }
  };
  /** Transactions by hand that stay open while others come and go; every other one is taken back. */
  const byHand = new Map<string, number>();
  const holdOpen = async () => {
    for (let turn = 0; !over; turn++) {
      const { rows } = await client.query(`SELECT id FROM package ORDER BY random() LIMIT 1`);
      const id = rows[0]?.id;
      await client.query('BEGIN');
      await client.query(
        `INSERT INTO package_extra (id, package_id, key, value, state)
                          SELECT gen_random_uuid()::text, id, gen_random_uuid()::text, 'v', 'active' FROM package WHERE id = $1`,
        [id],
      );
      await sleep(150);
      if (turn % 2 === 0) {
        await client.query('COMMIT');
        if (id) byHand.set(id, (byHand.get(id) ?? 0) + 1);
      } else await client.query('ROLLBACK');
    }
  };
  const writing = Promise.all([holdOpen(), ...Array.from({ length: writers }, (_, writer) => write(writer))]);

  for (let kill = 0; kill < kills; kill++) {
    await sleep(100 + ((kill * 37) % 300));
    if (kill % 3 === 0) {
      await endService(api, 'SIGKILL');
      api = await cluster.start('api');
    } else if (kill % 3 === 1) {
      await endService(worker, 'SIGKILL');
      worker = await cluster.start('worker');
    } else
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'ckan-jobs'`,
      );
  }
  over = true;
  await writing;
  await following;
  const pending = async () =>
    Number(
      (
        await client.query(
          `SELECT (SELECT count(*) FROM portolan.change_note) + (SELECT count(*) FROM portolan.audit_note) AS count`,
        )
      ).rows[0].count,
    );
  await expect.poll(pending, { timeout: 60_000 }).toBe(0);
  await follow(() => false);

  try {
    const positions = told.map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    const { rows } = await client.query<{ id: string; notes: string; writes: number }>(
      `SELECT p.id, p.notes, (SELECT count(*)::int FROM portolan.audit a
         WHERE a.via = 'api' AND a.outcome = 'done' AND p.id = ANY(a.concerns)) AS writes FROM package p`,
    );
    expect(rows.length).toBeGreaterThan(writers);
    for (const { id, notes, writes } of rows) {
      const entries = told.filter((entry) => entry.id === id);
      expect([id, entries.length]).toEqual([id, writes + (byHand.get(id) ?? 0)]);
      expect(entries.at(-1)?.document?.notes).toBe(notes);
    }
    const hand = await client.query(`SELECT count(*)::int AS count FROM portolan.audit WHERE via = 'sql'`);
    expect(hand.rows[0].count).toBe([...byHand.values()].reduce((sum, one) => sum + one, 0));
  } finally {
    await client.end();
  }
  expect(await runCommand(['audit', 'verify'], cluster.env)).toMatch(
    /^\d+ entries, whole\nanchor \d+:[0-9a-f]{64}\n$/,
  );
});
