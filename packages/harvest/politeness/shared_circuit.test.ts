import { type Db, openDatabase } from '@portolan/db';
import { silentLogger, systemRuntime } from '@portolan/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { forgetHosts, lookAtCircuit } from './circuit.repo.ts';
import { sharedCircuit } from './shared_circuit.ts';

/** Each stands for a process: a pool of its own on the one database. */
const processes: Db[] = [];
let hosts = 0;
let host: string;

beforeAll(async () => {
  const { url } = await testDatabase();
  for (let n = 0; n < 2; n++)
    processes.push(openDatabase({ url, application: 'test', poolSize: 4, logger: silentLogger }));
});
afterAll(async () => {
  for (const db of processes) await db.close();
});
beforeEach(() => {
  host = `silent-${hosts++}.test`;
});

const limits = {
  threshold: 3,
  cooldown: 60_000,
  trial: 60_000,
  runtime: systemRuntime,
  logger: silentLogger,
};
const both = () => processes.map((db) => sharedCircuit(db, limits));
const coolDown = () =>
  processes[0]!.rows(`UPDATE portolan.fetch_host SET open_until = now() WHERE host = $1`, [host]);

describe('a host that has stopped answering', () => {
  beforeEach(async () => {
    const [one, other] = both();
    await one?.failed(host);
    await other?.failed(host);
    await other?.check(host);
    await one?.failed(host);
  });

  it('is left alone by all processes once they have failed often enough together', async () => {
    for (const circuit of both())
      await expect(circuit.check(host)).rejects.toMatchObject({ kind: 'circuit', failures: 3 });
  });

  it('is tried by one request after a while, and everybody goes on when it answers', async () => {
    const [one, other] = both();
    await coolDown();
    await one?.check(host);
    let passed = false;
    const waiting = other?.check(host).then(() => {
      passed = true;
    });
    expect(await lookAtCircuit(processes[1]!, host, limits)).toEqual({ state: 'tried', failures: 3 });
    expect(passed).toBe(false);
    await one?.succeeded(host);
    await waiting;
    await one?.check(host);
  });

  it('is left alone again when the trial fails', async () => {
    const [one, other] = both();
    await coolDown();
    await one?.check(host);
    const waiting = other?.check(host);
    await one?.failed(host);
    await expect(waiting).rejects.toMatchObject({ kind: 'circuit', failures: 4 });
  });

  it('stops nobody who does not want to wait for the trial', async () => {
    const [one, other] = both();
    await coolDown();
    await one?.check(host);
    await expect(other?.check(host, AbortSignal.abort(new Error('enough')))).rejects.toThrow();
  });
});

it('begins to count anew after a success', async () => {
  const [one, other] = both();
  await one?.failed(host);
  await one?.failed(host);
  await other?.check(host);
  await other?.succeeded(host);
  await one?.failed(host);
  await one?.check(host);
});

it('goes by what a process has seen itself while the database is away', async () => {
  const away = openDatabase({
    url: 'postgres://nobody@127.0.0.1:1/none',
    application: 'test',
    poolSize: 1,
    logger: silentLogger,
  });
  const circuit = sharedCircuit(away, limits);
  for (let n = 0; n < 3; n++) await circuit.failed(host);
  await expect(circuit.check(host)).rejects.toMatchObject({ kind: 'circuit' });
  await away.close();
});

it('forgets hosts that nobody has asked for a day, but none that is left alone', async () => {
  const [db] = processes;
  await db?.rows(
    `INSERT INTO portolan.fetch_host (host, next_start, open_until) VALUES
       ('old', now() - interval '2 days', NULL), ('new', now(), NULL),
       ('shut', now() - interval '2 days', now() + interval '1 hour')`,
  );
  await forgetHosts(db!);
  const left = await db?.rows(
    `SELECT host FROM portolan.fetch_host WHERE host IN ('old', 'new', 'shut') ORDER BY host`,
  );
  expect(left).toEqual([{ host: 'new' }, { host: 'shut' }]);
});
