import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Db, openDatabase } from '@portolan/db';
import { createFetcher, type Fetcher } from '@portolan/fetcher';
import { silentLogger, systemRuntime } from '@portolan/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { sharedHostLimiter } from './shared_limiter.ts';
import { takeTurn } from './turn.repo.ts';

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
  const gone = { ...limits, lease: 200 };
  await takeTurn(killed, { id: 'one', host }, gone);
  await takeTurn(killed, { id: 'two', host }, gone);
  expect(await takeTurn(alive, { id: 'three', host }, gone)).toBeUndefined();
  await fetchAll([fetcherOn(alive)], 1);
  expect(starts).toHaveLength(1);
});

it('renews a turn for as long as its request runs', async () => {
  const [first, second] = processes as [Db, Db];
  const short = { ...limits, concurrency: 1, lease: 150 };
  const giveBack = await sharedHostLimiter(first, short).acquire(host, undefined);
  const patience = AbortSignal.timeout(450);
  await expect(sharedHostLimiter(second, short).acquire(host, patience)).rejects.toThrow('timeout');
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
