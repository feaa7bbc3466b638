import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '@portolan/db';
import { startPostgres } from '@portolan/embedded';
import { silentLogger } from '@portolan/kernel';
import type { TestProject } from 'vitest/node';
import { template } from './database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the test server's database `postgres`. */
    postgresUrl: string;
  }
}

/** One server for the whole run, with a migrated template that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'portolan-test-'));
  await chmod(folder, 0o755);
  const server = await startPostgres({
    folder: path.join(folder, 'postgres'),
    binariesFolder: path.join(tmpdir(), 'portolan-test-binaries'),
    databases: [template],
    // Nothing of a test has to survive the machine.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
    logger: silentLogger,
  });
  await migrate(server.url(template), silentLogger).catch(async (error) => {
    await server.stop();
    throw error;
  });
  project.provide('postgresUrl', server.url('postgres'));
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
