import { describe } from 'vitest';
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
      digest: async () => '',
    };
  });
});
