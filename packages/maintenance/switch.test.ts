import type { Db } from '@portolan/db';
import { silentLogger, systemRuntime } from '@portolan/kernel';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import { type Control, readControl } from './control.ts';
import { emptyDatabase } from './empty.ts';
import { join, type Membership } from './membership.ts';
import { changeEverywhere } from './switch.ts';

let db: Db;
beforeAll(async () => {
  ({ db } = await testDatabase());
});
beforeEach(async () => {
  await db.rows('DELETE FROM portolan.process');
});

/** A member that notes what it obeys, and takes as long as it is told. */
async function member(seen: Control[], wait: () => Promise<void> = async () => {}): Promise<Membership> {
  return join({
    db,
    service: 'test',
    runtime: systemRuntime,
    logger: silentLogger,
    async obey(control) {
      await wait();
      seen.push(control);
    },
  });
}

describe('a change of the control row', () => {
  it('returns when every process obeys it, and not before', async () => {
    const order: string[] = [];
    let release: () => void = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    let first = true;
    const members = [
      await member([]),
      await member([], async () => {
        if (first) {
          first = false;
          return;
        }
        await slow;
        order.push('obeyed');
      }),
    ];
    const changed = changeEverywhere(db, { readOnly: true, reason: 'drill' }, 10_000).then(() =>
      order.push('returned'),
    );
    release();
    await changed;
    expect(order).toEqual(['obeyed', 'returned']);
    expect(await readControl(db)).toMatchObject({ readOnly: true, reason: 'drill' });
    await changeEverywhere(db, { readOnly: false }, 10_000);
    for (const one of members) await one.leave();
  });

  it('names the process that does not answer in time', async () => {
    let stuck = false;
    let free: () => void = () => {};
    const hanging = await member([], () =>
      stuck ? new Promise((resolve) => (free = resolve)) : Promise.resolve(),
    );
    stuck = true;
    await expect(changeEverywhere(db, { reason: 'x' }, 300)).rejects.toThrow(`test (process ${process.pid}`);
    free();
    stuck = false;
    await hanging.leave();
  });

  it('does not wait for a process that is gone', async () => {
    await db.rows(
      `INSERT INTO portolan.process (id, service, host, pid, backend, backend_start, epoch)
       VALUES ('dead', 'test', 'nowhere', 1, 1, now(), 0)`,
    );
    await changeEverywhere(db, { settings: { 'ckan.site_title': 'Tea' } }, 2000);
    expect((await readControl(db)).settings).toEqual({ 'ckan.site_title': 'Tea' });
  });

  it('is obeyed by a process that lost its session', async () => {
    const seen: Control[] = [];
    const one = await member(seen);
    const [lost] = await db.rows<{ backend: number }>(
      'SELECT backend, pg_terminate_backend(backend) FROM portolan.process',
    );
    // It takes PostgreSQL a moment to end a session.
    const another = () =>
      db.rows(
        `SELECT FROM portolan.process p JOIN pg_stat_activity a ON a.pid = p.backend AND a.backend_start = p.backend_start
         WHERE p.backend <> $1`,
        [lost?.backend],
      );
    await expect.poll(another).toHaveLength(1);
    await changeEverywhere(db, { reason: 'after' }, 5000);
    expect(seen.at(-1)).toMatchObject({ reason: 'after' });
    await one.leave();
  });
});

describe('emptying', () => {
  it('leaves no row but what describes the database', async () => {
    await db.rows(`INSERT INTO package (id, name) VALUES ('p', 'p')`);
    await db.rows(`INSERT INTO resource (id, url, package_id) VALUES ('r', '', 'p')`);
    await emptyDatabase(db);
    for (const table of ['package', 'resource', 'portolan.outbox'])
      expect(await db.rows(`SELECT FROM ${table}`)).toEqual([]);
    expect((await db.rows('SELECT FROM portolan.migration')).length).toBeGreaterThan(1);
    expect((await db.rows('SELECT FROM alembic_version')).length).toBe(1);
  });
});
