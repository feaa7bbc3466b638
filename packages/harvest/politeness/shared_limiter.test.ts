import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Db, openDatabase } from '@portolan/db';
import { createFetcher, type Fetcher } from '@portolan/fetcher';
import { silentLogger, systemRuntime } from '@portolan/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { sharedHostLimiter } from './shared_limiter.ts';
import { askForTurns } from './turn.repo.ts';

/** Each stands for a process: a pool of its own on the one database. */
const processes: Db[] = [];
let server: Server;
let host: string;
let open = 0;
let most = 0;
let starts: number[] = [];

beforeAll(async () => {
  const { url } = await testDatabase();
  for (let n = 0; n < 2; n++)
    processes.push(openDatabase({ url, application: 'test', poolSize: 4, logger: silentLogger }));
  server = createServer((_, response) => {
    starts.push(performance.now());
    most = Math.max(most, ++open);
    setTimeout(() => {
      open--;
      response.end('x');
    }, 30);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  for (const db of processes) await db.close();
});

const limits = {
  concurrency: 2,
  minInterval: 0,
  lease: 15_000,
  runtime: systemRuntime,
  logger: silentLogger,
};
const fetcherOn = (db: Db, change: Partial<typeof limits> = {}): Fetcher =>
  createFetcher({
    runtime: systemRuntime,
    logger: silentLogger,
    allow: ['127.0.0.1/32'],
    userAgent: 'Test',
    limiter: sharedHostLimiter(db, { ...limits, ...change }),
  });

async function fetchAll(fetchers: Fetcher[], each: number): Promise<void> {
  most = 0;
  starts = [];
  await Promise.all(
    fetchers.flatMap((fetcher) => Array.from({ length: each }, () => fetcher.read(`http://${host}/`))),
  );
  for (const fetcher of fetchers) await fetcher.close();
}

const turns = async () => (await processes[0]?.rows(`SELECT FROM portolan.fetch_turn`))?.length;

it('lets no more in at once from two processes than from one', async () => {
  await fetchAll(
    processes.map((db) => fetcherOn(db)),
    6,
  );
  expect(starts).toHaveLength(12);
  expect(most).toBeLessThanOrEqual(2);
  await expect.poll(turns).toBe(0);
});

it('keeps the starts of two processes apart', async () => {
  const began = performance.now();
  await fetchAll(
    processes.map((db) => fetcherOn(db, { minInterval: 100 })),
    3,
  );
  // Six starts are five intervals. The first may be late at the server, but not before it was asked for.
  expect((starts.at(-1) ?? 0) - began).toBeGreaterThanOrEqual(500);
});

it('asks the database for many turns at once, and on a slow machine once more each half second', async () => {
  const [db] = processes as [Db];
  let asked = 0;
  const counting: Db = Object.create(db);
  counting.transact = (work) => {
    asked++;
    return db.transact(work);
  };
  const began = performance.now();
  await fetchAll([fetcherOn(counting)], 40);
  expect(starts).toHaveLength(40);
  expect(asked).toBeLessThanOrEqual(3 + (performance.now() - began) / 500);
});

it('lets a process that has no turn go before one that goes on and on', async () => {
  const [busy, late] = processes as [Db, Db];
  const often = { ...limits, lease: 600 };
  const limiter = sharedHostLimiter(busy, often);
  const end = new AbortController();
  const goOn = async () => {
    while (!end.signal.aborted) {
      const giveBack = await limiter.acquire(host, undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
      giveBack();
    }
  };
  const going = [goOn(), goOn()];
  await expect.poll(turns).toBe(2);
  const giveBack = await sharedHostLimiter(late, often).acquire(host, AbortSignal.timeout(20_000));
  giveBack();
  end.abort();
  await Promise.all(going);
  await expect.poll(turns).toBe(0);
});

it('gives back the time that it has not used', async () => {
  const [first, second] = processes as [Db, Db];
  const slow = { minInterval: 200 };
  const before = fetcherOn(first, slow);
  for (let n = 0; n < 4; n++) await before.read(`http://${host}/`);
  await before.close();
  const [left] = await second.rows<{ wait: number }>(
    `SELECT 1000 * extract(epoch FROM next_start - clock_timestamp())::float8 AS wait FROM portolan.fetch_host WHERE host = $1`,
    [host],
  );
  expect(left?.wait).toBeLessThanOrEqual(slow.minInterval);
});

it('gives the next process its start later when a request asks for it', async () => {
  const [first, second] = processes.map((db) => fetcherOn(db)) as [Fetcher, Fetcher];
  starts = [];
  const began = performance.now();
  await first.read(`http://${host}/`, { minInterval: 300 });
  await second.read(`http://${host}/`);
  for (const fetcher of [first, second]) await fetcher.close();
  expect((starts[1] ?? 0) - began).toBeGreaterThanOrEqual(300);
});

it('passes over the turns of a process that was killed once they are not renewed', async () => {
  const [killed, alive] = processes as [Db, Db];
  const nothing = { host, held: [], span: 0, left: { milliseconds: 0, end: undefined } };
  await askForTurns(killed, { ...nothing, further: 'one' }, limits);
  await askForTurns(killed, { ...nothing, further: 'two' }, limits);
  expect(await askForTurns(alive, { ...nothing, further: 'three' }, limits)).toBeUndefined();
  await alive.rows(`UPDATE portolan.fetch_turn SET until = until - $1::float8 * interval '1 millisecond'`, [
    limits.lease,
  ]);
  await fetchAll([fetcherOn(alive)], 1);
  expect(starts).toHaveLength(1);
});

it('renews a turn for as long as its request runs', async () => {
  const [first, second] = processes as [Db, Db];
  const short = { ...limits, concurrency: 1, lease: 3000 };
  const until = async () =>
    (await second.rows<{ text: string }>(`SELECT until::text AS text FROM portolan.fetch_turn`))[0]?.text;
  const giveBack = await sharedHostLimiter(first, short).acquire(host, undefined);
  const granted = await until();
  await expect.poll(until).not.toBe(granted);
  const another = { host, held: [], further: 'another', span: 0, left: { milliseconds: 0, end: undefined } };
  expect(await askForTurns(second, another, short)).toBeUndefined();
  giveBack();
  (await sharedHostLimiter(second, short).acquire(host, undefined))();
  await expect.poll(turns).toBe(0);
});

it('goes on without the others while nothing may be written', async () => {
  const [db] = processes as [Db];
  await db.setReadOnly(true);
  await fetchAll([fetcherOn(db)], 2);
  await db.setReadOnly(false);
  expect(starts).toHaveLength(2);
});
