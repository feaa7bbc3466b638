import type { Db } from '@portolan/db';
import { queueSchema, redisPrefix } from './backend/names.ts';
import type { QueueConfig } from './backend/open.ts';

/** Forgets every job, whatever its state, and every message. What runs meanwhile loses its lease. */
export async function emptyQueues(db: Db, config: QueueConfig): Promise<void> {
  const tables = ['portolan.job', 'portolan.job_log'];
  if (config.redisUrl === undefined) tables.push(...(await queueTables(db)));
  await db.transact((tx) => tx.rows(`TRUNCATE ${tables.join(', ')}`));
  if (config.redisUrl !== undefined) await emptyRedis(config.redisUrl, redisPrefix(config.siteId));
}

async function queueTables(db: Db): Promise<string[]> {
  const rows = await db.rows<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname = $1 AND tablename <> 'migration'`,
    [queueSchema],
  );
  return rows.map(({ name }) => name);
}

async function emptyRedis(url: string, prefix: string): Promise<void> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, { maxRetriesPerRequest: 3 });
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1000 }) as AsyncIterable<
      string[]
    >)
      if (keys.length > 0) await redis.unlink(...keys);
  } finally {
    redis.disconnect();
  }
}
