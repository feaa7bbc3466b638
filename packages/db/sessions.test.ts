import { expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import { cancelStatements, databaseSessions } from './sessions.ts';

it('cancels statements that are older than asked for, and no others', async () => {
  const { db } = await testDatabase();
  const running = db.rows('SELECT pg_sleep(60)').catch((error: { code?: string }) => error.code);
  await expect
    .poll(async () => (await databaseSessions(db)).filter(({ query }) => query.includes('pg_sleep')).length)
    .toBe(1);
  expect(await cancelStatements(db, 3600)).toEqual([]);
  expect(await databaseSessions(db, 3600)).toEqual([]);
  expect((await cancelStatements(db, 0)).map(({ query }) => query)).toEqual(['SELECT pg_sleep(60)']);
  expect(await running).toBe('57014');
});
