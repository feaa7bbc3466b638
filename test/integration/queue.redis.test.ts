import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, describe } from 'vitest';
import { testDatabase } from '../harness/database.ts';
import { queueSuite } from './queue.suite.ts';
import { startServer } from './server.ts';

const server = startServer('redis', { REDIS_PORT: '19471' });
afterAll(() => server?.stop());

describe.skipIf(!server)('the queue on Redis (needs /work/shared/servers/redis)', () => {
  queueSuite(async () => {
    const { url, db } = await testDatabase();
    const redisUrl = server!.variables['REDIS_URL']!;
    const redis = new Redis(redisUrl);
    afterAll(() => redis.disconnect());
    return {
      db,
      config: { databaseUrl: url, redisUrl, siteId: 'test' },
      async wipe() {
        await redis.flushall();
      },
      async digest() {
        const hash = createHash('sha256');
        for (const key of (await redis.keys('*')).sort()) {
          hash.update(key);
          hash.update((await redis.dumpBuffer(key)) ?? '');
        }
        return hash.digest('hex');
      },
    };
  });
});
