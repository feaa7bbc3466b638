import { readFile } from 'node:fs/promises';
import { silentLogger } from '@portolan/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import type { Db } from './database.ts';
import { describeSchema, describeTypes } from './introspect.ts';
import { migrate } from './migrate.ts';

let db: Db;
let url: string;
beforeAll(async () => {
  ({ db, url } = await testDatabase());
});

describe('the migrated database', () => {
  it('is what migrations/schema.sql says', async () => {
    expect(await describeSchema(db)).toBe(await readFile('migrations/schema.sql', 'utf8'));
  });

  it('has the types of packages/db/tables.ts', async () => {
    expect(await describeTypes(db)).toBe(await readFile('packages/db/tables.ts', 'utf8'));
  });

  it('is left alone by migrating again', async () => {
    expect(await migrate(url, silentLogger)).toEqual([]);
  });

  it('refuses a migration whose text has changed since it was applied', async () => {
    await db.rows(`UPDATE portolan.migration SET checksum = 'other' WHERE number = 1`);
    await expect(migrate(url, silentLogger)).rejects.toThrow('migration 1_ckan was applied in another form');
  });
});
