import { createRedisBackend } from 'bullmq';
import type { Storage } from './bullmq.ts';

/** What all our keys begin with; a Redis may be shared by several sites. */
export const redisPrefix = (siteId: string) => `portolan:${siteId}`;

/**
 * BullMQ's storage in Redis. Its workers wait for a lost server for ever; BullMQ's own default for queues is to
 * fail after some attempts, and the relay then tries again.
 */
export function redisStorage(url: string, siteId: string): Storage {
  return {
    connection: { url, connectTimeout: 5000, maxRetriesPerRequest: null },
    factory: createRedisBackend,
    prefix: redisPrefix(siteId),
    close: async () => {},
  };
}
