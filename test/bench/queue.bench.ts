// node test/bench/queue.bench.ts [jobs] [rounds]: our port against raw BullMQ on the same storage, interleaved.

import { migrate, openDatabase } from '@portolan/db';
import { silentLogger, systemRuntime } from '@portolan/kernel';
import { defineJob, enqueue, enqueueAll } from '@portolan/queue';
import { migrateQueueBackend, startRelay, startWorker } from '@portolan/queue/storage';
import { createPostgresBackend, createRedisBackend, Queue, Worker } from 'bullmq';
import { temporaryPostgres } from '../harness/postgres.ts';
import { startServer } from '../integration/server.ts';

const count = Number(process.argv[2] ?? 4000);
const rounds = Number(process.argv[3] ?? 5);
const concurrency = 50;
const batch = 500;
const logger = silentLogger;

const postgres = await temporaryPostgres({ databases: ['bench'] });
const databaseUrl = postgres.url('bench');
await migrate(databaseUrl, logger);
await migrateQueueBackend({ databaseUrl, redisUrl: undefined, siteId: 'bench' });
const db = openDatabase({ url: databaseUrl, application: 'ckan-bench', poolSize: 10, logger });
const redis = startServer('redis', { REDIS_PORT: '19479' });

let left = 0;
let finished = () => {};
const done = () => {
  if (--left === 0) finished();
};
const all = (jobs: number) => {
  left = jobs;
  return new Promise<void>((resolve) => {
    finished = resolve;
  });
};

async function rate(add: () => Promise<void>): Promise<number> {
  const ended = all(count);
  const start = performance.now();
  await add();
  await ended;
  return (count * 1000) / (performance.now() - start);
}

async function raw(redisUrl: string | undefined): Promise<number> {
  const name = `raw-${systemRuntime.id()}`;
  const connection =
    redisUrl === undefined
      ? { connectionString: databaseUrl, schema: 'portolan_queue', max: 10, keepAlive: true }
      : { url: redisUrl, maxRetriesPerRequest: null };
  const factory = (
    redisUrl === undefined ? createPostgresBackend : createRedisBackend
  ) as typeof createRedisBackend;
  const options = { connection: connection as never };
  const queue = new Queue(name, options, factory);
  const settings = { concurrency, removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } };
  const worker = new Worker(name, async () => done(), { ...options, ...settings }, factory);
  await worker.waitUntilReady();
  const result = await rate(async () => {
    for (let at = 0; at < count; at += batch)
      await queue.addBulk(
        Array.from({ length: Math.min(batch, count - at) }, (_, index) => ({
          name: 'nothing',
          data: { id: at + index },
          opts: { jobId: `n-${at + index}`, removeOnComplete: true, removeOnFail: true },
        })),
      );
  });
  await worker.close();
  await queue.close();
  return result;
}

async function port(redisUrl: string | undefined, bundle: number): Promise<number> {
  const config = { databaseUrl, redisUrl, siteId: 'bench' };
  const job = defineJob({
    name: `nothing-${bundle}`,
    queue: `port-${bundle}`,
    concurrency,
    timeout: 60_000,
    maxAttempts: 3,
    bundle,
    run: async () => done(),
  });
  const relay = await startRelay({ db, config, logger, jobs: [job] });
  const worker = await startWorker({ db, config, logger, jobs: [job] });
  const result = await rate(async () => {
    for (let at = 0; at < count; at += batch) {
      const keys = Array.from({ length: Math.min(batch, count - at) }, (_, index) => ({
        key: `k${at + index}`,
      }));
      await db.transact((tx) => enqueueAll(tx, job, keys));
    }
  });
  await worker.close();
  await relay.close();
  return result;
}

async function latency(redisUrl: string | undefined): Promise<number[]> {
  const config = { databaseUrl, redisUrl, siteId: 'bench' };
  let started = (_: number) => {};
  const job = defineJob({
    name: 'ping',
    queue: 'ping',
    concurrency: 2,
    timeout: 60_000,
    maxAttempts: 1,
    run: async () => started(performance.now()),
  });
  const relay = await startRelay({ db, config, logger, jobs: [job] });
  const worker = await startWorker({ db, config, logger, jobs: [job] });
  const times: number[] = [];
  for (let i = 0; i < 300; i++) {
    const start = new Promise<number>((resolve) => {
      started = resolve;
    });
    await db.transact((tx) => enqueue(tx, job, { key: `p${i}` }));
    const committed = performance.now();
    times.push((await start) - committed);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await worker.close();
  await relay.close();
  return times.sort((a, b) => a - b);
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

for (const [storage, redisUrl] of [
  ['postgres', undefined],
  ...(redis ? [['redis', redis.variables['REDIS_URL']] as const] : []),
] as const) {
  await raw(redisUrl);
  await port(redisUrl, 1);
  await port(redisUrl, 32);
  const rates = { raw: [] as number[], single: [] as number[], bundled: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    rates.raw.push(await raw(redisUrl));
    rates.single.push(await port(redisUrl, 1));
    rates.bundled.push(await port(redisUrl, 32));
  }
  const ratio = (ours: number[]) => median(ours.map((one, index) => one / rates.raw[index]!)).toFixed(2);
  const shown = (numbers: number[]) => `${Math.round(median(numbers))} jobs/s`;
  console.log(`${storage}: raw ${shown(rates.raw)}`);
  console.log(`${storage}: port, one row a message ${shown(rates.single)}, ratio ${ratio(rates.single)}`);
  console.log(
    `${storage}: port, up to 32 rows a message ${shown(rates.bundled)}, ratio ${ratio(rates.bundled)}`,
  );
  const times = await latency(redisUrl);
  const at = (share: number) => times[Math.floor(times.length * share)]!.toFixed(1);
  console.log(
    `${storage}: commit to start, ms: p50 ${at(0.5)} p99 ${at(0.99)} max ${times.at(-1)!.toFixed(1)}`,
  );
}

await db.close();
redis?.stop();
await postgres.close();
