import { describe, expect } from 'vitest';
import { testDatabase } from '../harness/database.ts';
import { queueSuite } from './queue.suite.ts';

describe('the queue on PostgreSQL', () => {
  queueSuite(async () => {
    const { url, db } = await testDatabase();
    return {
      db,
      config: { databaseUrl: url, redisUrl: undefined, siteId: 'test' },
      async wipe() {
        await db.rows('TRUNCATE portolan_queue.job CASCADE');
      },
      // Its tables are in the database, which the suite compares itself.
      async digest() {
        const sessions = () =>
          db.rows(
            `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ckan-queue'`,
          );
        await expect.poll(sessions).toEqual([]);
        return '';
      },
    };
  });
});
