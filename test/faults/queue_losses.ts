import { Redis } from 'ioredis';
import type pg from 'pg';
import type { Cluster } from '../processes/cluster.ts';

/** Ends every session that waits for notifications. @returns how many */
export async function loseListeners(database: pg.Client): Promise<number> {
  const { rows } = await database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND query ILIKE 'LISTEN%' AND pid <> pg_backend_pid()`,
  );
  return rows.length;
}

/** Empties the queue of messages, in PostgreSQL or Redis; the job table stays. @returns of how many tables or keys */
export async function loseMessages(database: pg.Client, { env }: Cluster): Promise<number> {
  const redisUrl = env['REDIS_URL'];
  if (redisUrl) return await emptyRedis(redisUrl, env['CKAN_SITE_ID'] ?? '');
  const { rows } = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname = 'portolan_queue' AND tablename <> 'migration'`,
  );
  await database.query(`TRUNCATE ${rows.map(({ name }) => name).join(', ')}`);
  return rows.length;
}

async function emptyRedis(url: string, siteId: string): Promise<number> {
  const redis = new Redis(url);
  try {
    const keys = await redis.keys(`portolan:${siteId}:*`);
    await redis.del(keys);
    return keys.length;
  } finally {
    redis.disconnect();
  }
}
