import { migrate } from '@portolan/db';
import { silentLogger } from '@portolan/kernel';
import type { TestProject } from 'vitest/node';
import { template } from './database.ts';
import { temporaryPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the test server's database `postgres`. */
    postgresUrl: string;
  }
}

/** One server for the whole run, with a migrated template that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await temporaryPostgres({
    databases: [template],
    // Nothing of a test has to survive the machine.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  await migrate(server.url(template), silentLogger).catch(async (error) => {
    await server.close();
    throw error;
  });
  project.provide('postgresUrl', server.url('postgres'));
  return () => server.close();
}
