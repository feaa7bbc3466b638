import type { Logger } from '@portolan/kernel';
import { createRedisBackend } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import type { Storage } from './bullmq.ts';
import { redisPrefix } from './names.ts';

/**
 * BullMQ's storage in Redis. The clients are made here, also those that BullMQ copies for waiting: its own way of
 * closing them waits for an answer, and a server that is away gives none.
 */
export function redisStorage(url: string, siteId: string, logger: Logger): Storage {
  const clients: Redis[] = [];
  function connect(options: RedisOptions): Redis {
    const client = new Redis(url, { connectTimeout: 5000, ...options });
    client.on('error', (error) => logger.warn({ err: error }, 'there is no connection to Redis'));
    client.duplicate = (override?: RedisOptions) => connect({ ...options, ...override });
    clients.push(client);
    return client;
  }
  const producers = connect({ maxRetriesPerRequest: 3 });
  return {
    producers,
    // BullMQ asks for no limit: its workers wait for a server that is away.
    consumers: () => connect({ maxRetriesPerRequest: null }),
    factory: createRedisBackend,
    prefix: redisPrefix(siteId),
    async close() {
      for (const client of clients) client.disconnect();
    },
  };
}
