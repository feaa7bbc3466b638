import { createRedisBackend } from 'bullmq';
import type { Storage } from './bullmq.ts';

/** What all our keys begin with; a Redis may be shared by several sites. */
export const redisPrefix = (siteId: string) => `portolan:${siteId}`;

/** BullMQ's storage in Redis. */
export function redisStorage(url: string, siteId: string): Storage {
  const connection = { url, connectTimeout: 5000 };
  return {
    producers: { ...connection, maxRetriesPerRequest: 3 },
    consumers: { ...connection, maxRetriesPerRequest: null },
    factory: createRedisBackend,
    prefix: redisPrefix(siteId),
    close: async () => {},
  };
}
