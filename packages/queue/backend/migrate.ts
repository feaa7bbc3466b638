import { runMigrations } from 'bullmq';
import pg from 'pg';
import { queueSchema } from './names.ts';
import type { QueueConfig } from './open.ts';

/** Rows live for seconds and each dies several times: left to its defaults, autovacuum comes far too late. */
const tuning = `
  ALTER TABLE ${queueSchema}.job SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
  ALTER TABLE ${queueSchema}.event SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000)`;

/** Makes or updates BullMQ's own tables; nothing to do on Redis. Safe to run again and by several at once. */
export async function migrateQueueBackend(config: QueueConfig): Promise<void> {
  if (config.redisUrl !== undefined) return;
  const client = new pg.Client({ connectionString: config.databaseUrl, application_name: 'ckan-migrate' });
  await client.connect();
  try {
    await runMigrations(client, queueSchema);
    await client.query(tuning);
  } finally {
    await client.end();
  }
}
