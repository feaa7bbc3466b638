import { createHash } from 'node:crypto';
import { silentLogger as logger } from '@portolan/kernel';
import { defineJob, enqueue } from '@portolan/queue';
import { startRelay, startWorker } from '@portolan/queue/storage';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../harness/database.ts';
import { queueSuite } from './queue.suite.ts';
import { startServer } from './server.ts';

const server = startServer('redis', { REDIS_PORT: '19471' });
afterAll(() => server?.stop());

describe.skipIf(!server)('the queue on Redis (needs ../shared/servers/redis)', () => {
  queueSuite(async () => {
    const { url, db } = await testDatabase();
    const redisUrl = server!.variables['REDIS_URL']!;
    const redis = new Redis(redisUrl);
    // One test takes the server away; the client comes back by itself.
    redis.on('error', () => {});
    afterAll(() => redis.disconnect());
    return {
      db,
      config: { databaseUrl: url, redisUrl, siteId: 'test' },
      async wipe() {
        await redis.flushall();
      },
      async digest() {
        const clients = async () =>
          String(await redis.client('LIST'))
            .trim()
            .split('\n');
        await expect.poll(clients).toHaveLength(1);
        const hash = createHash('sha256');
        for (const key of (await redis.keys('*')).sort()) {
          // What is about to expire goes by itself.
          if ((await redis.pttl(key)) >= 0) continue;
          hash.update(key);
          hash.update((await redis.dumpBuffer(key)) ?? '');
        }
        return hash.digest('hex');
      },
    };
  });

  test('jobs asked for while Redis is away run when it is back, and pausing does not wait for it', async () => {
    const { url, db } = await testDatabase();
    const config = { databaseUrl: url, redisUrl: server!.variables['REDIS_URL'], siteId: 'away' };
    const { promise: ran, resolve } = Promise.withResolvers<string>();
    const job = defineJob({
      name: 'n',
      queue: 'n',
      concurrency: 1,
      timeout: 10_000,
      maxAttempts: 1,
      run: async (_, key) => (key === 'away' ? resolve(key) : undefined),
    });
    const relay = await startRelay({ db, config, logger, jobs: [job] });
    const worker = await startWorker({ db, config, logger, jobs: [job] });
    server!.act('kill');
    await db.transact((tx) => enqueue(tx, job, { key: 'away' }));
    const before = Date.now();
    await Promise.all([relay.pause(), worker.pause()]);
    expect(Date.now() - before).toBeLessThan(10_000);
    const resumed = Promise.all([relay.resume(), worker.resume()]);
    server!.act('start');
    await resumed;
    expect(await ran).toBe('away');
    expect(Date.now() - before).toBeLessThan(60_000);
    await Promise.all([relay.close(), worker.close()]);
  });

  test('a worker that does not hear its queue says so, and can be closed', async () => {
    const { url, db } = await testDatabase();
    const config = { databaseUrl: url, redisUrl: server!.variables['REDIS_URL'], siteId: 'silent' };
    const ran = Promise.withResolvers<void>();
    const job = defineJob({
      name: 'n',
      queue: 'n',
      concurrency: 1,
      timeout: 10_000,
      maxAttempts: 1,
      run: async () => ran.resolve(),
    });
    const silent = Promise.withResolvers<Error>();
    const relay = await startRelay({ db, config, logger, jobs: [job] });
    // Longer than a healthy worker waits for a message.
    const options = { silence: 8000, onSilence: silent.resolve };
    const worker = await startWorker({ db, config, logger, jobs: [job], ...options });
    await db.transact((tx) => enqueue(tx, job, { key: 'there' }));
    await ran.promise;
    server!.act('kill');
    expect((await silent.promise).message).toMatch(/^A queue has not answered for \d+ seconds$/);
    await Promise.all([relay.close(), worker.close()]);
    server!.act('start');
  });
});
