import type { Config, Logger } from '@portolan/kernel';
import type { Backend } from './backend.ts';
import { bullmqBackend } from './bullmq.ts';
import { postgresStorage } from './postgres.ts';
import { redisStorage } from './redis.ts';

export type QueueConfig = Pick<Config, 'databaseUrl' | 'redisUrl' | 'siteId'>;

/**
 * Redis when there is one, else the catalogue's database.
 * @param listeners how many queues will be consumed
 */
export function openBackend(config: QueueConfig, listeners: number, logger: Logger): Backend {
  const { redisUrl, siteId, databaseUrl } = config;
  const storage =
    redisUrl === undefined
      ? postgresStorage(databaseUrl, listeners, logger)
      : redisStorage(redisUrl, siteId, logger);
  return bullmqBackend(storage, logger);
}
