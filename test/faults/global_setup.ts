import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from '@portolan/embedded';
import { silentLogger } from '@portolan/kernel';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server whose commits are durable, as in production: processes are killed, and what was answered must stay. */
    faultsUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'portolan-faults-'));
  await chmod(folder, 0o755);
  const server = await startPostgres({
    folder: path.join(folder, 'postgres'),
    binariesFolder: path.join(tmpdir(), 'portolan-test-binaries'),
    databases: [],
    logger: silentLogger,
  });
  project.provide('faultsUrl', server.url('postgres'));
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
