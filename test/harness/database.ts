import { type Db, openDatabase } from '@portolan/db';
import { silentLogger, systemRuntime } from '@portolan/kernel';
import pg from 'pg';
import { inject } from 'vitest';
import { atEndOfFile } from './end_of_file.ts';

/** Name of the migrated database that tests clone. */
export const template = 'portolan_template';

/** Makes an empty, migrated database for a test file and drops it afterwards. Call it in `beforeAll`. */
export async function testDatabase(): Promise<{ url: string; db: Db }> {
  const server = inject('postgresUrl');
  const name = `t_${systemRuntime.id().replaceAll('-', '')}`;
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  const url = address.href;
  const db = openDatabase({ url, application: 'ckan-test', poolSize: 8, logger: silentLogger });
  atEndOfFile(async () => {
    await db.close();
    await administer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  });
  return { url, db };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
