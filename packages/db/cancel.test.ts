import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { silentLogger } from '@portolan/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import { type Db, openDatabase } from './database.ts';
import { databaseSessions } from './sessions.ts';

/** Looks at what the other one does, whose pool has one session. */
let observer: Db;
let url: string;
let db: Db;
beforeAll(async () => {
  ({ db: observer, url } = await testDatabase());
  db = open(url);
});
afterAll(() => db.close());

const open = (address: string) =>
  openDatabase({ url: address, application: 'ckan-limited', poolSize: 1, logger: silentLogger });

const session = async (of: Db) => (await of.rows<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]!.pid;
const sleeping = async () =>
  (await databaseSessions(observer)).filter(
    ({ query, state }) => state === 'active' && query.includes('pg_sleep'),
  );
const isAsleep = () => expect.poll(async () => (await sleeping()).length).toBe(1);
const reason = new Error('too late');

/** A statement that would take a minute, under way, and what ends it. */
async function asleep(of: Db) {
  const limit = new AbortController();
  const statement = of.until!(limit.signal)
    .rows('SELECT pg_sleep(60)')
    .catch((error: unknown) => error);
  await isAsleep();
  return { limit, statement };
}

it('ends a statement on the server, though no session is free, and goes on with the same session', async () => {
  const before = await session(db);
  const { limit, statement } = await asleep(db);
  limit.abort(reason);
  expect(await statement).toBe(reason);
  // Its next answer tells that the session is past the statement: the error comes a moment before that.
  expect(await session(db)).toBe(before);
  expect(await sleeping()).toEqual([]);
});

it('leaves what somebody else cancels as it is', async () => {
  const { statement } = await asleep(db);
  await observer.rows('SELECT pg_cancel_backend($1)', [(await sleeping())[0]!.pid]);
  expect(await statement).toMatchObject({ code: '57014' });
});

it('leaves a statement alone that was over in time, and whatever follows it', async () => {
  const limit = new AbortController();
  expect(await db.until!(limit.signal).prepared('in-time', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  const next = db.rows<{ slept: boolean }>('SELECT pg_sleep(0.2) IS NOT NULL AS slept');
  limit.abort(reason);
  expect(await next).toEqual([{ slept: true }]);
});

it('sends nothing when the time is over already', async () => {
  await expect(db.until!(AbortSignal.abort(reason)).rows('SELECT pg_sleep(60)')).rejects.toBe(reason);
});

it('says that the database is busy where no session gets free', async () => {
  const { limit, statement } = await asleep(db);
  const waiting = db.until!(new AbortController().signal).rows('SELECT 1');
  await expect(waiting).rejects.toMatchObject({ code: 'busy' });
  limit.abort(reason);
  await statement;
});

it('ends the session where the server takes no request to cancel', async () => {
  const { hostname, port } = new URL(url);
  const door = createServer((client) => {
    const server = connect(Number(port), hostname);
    client.pipe(server).pipe(client);
    for (const one of [client, server]) one.on('error', () => one.destroy());
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const behind = new URL(url);
  behind.searchParams.delete('host');
  behind.host = `127.0.0.1:${(door.address() as AddressInfo).port}`;
  const through = open(behind.href);
  const { limit, statement } = await asleep(through);
  door.close();
  limit.abort(reason);
  expect(await statement).toBe(reason);
  await through.close();
});
