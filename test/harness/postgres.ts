import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from '@portolan/embedded';
import { silentLogger } from '@portolan/kernel';

/** A database server that is gone, with its data, once it is closed. */
export interface TemporaryPostgres {
  /** Address of a database of this server, with its password. */
  url(database: string): string;
  pid: number;
  /** Empty but for the server's data, and removed with them. */
  folder: string;
  close(): Promise<void>;
}

/** Starts the embedded server on data of its own. */
export async function temporaryPostgres(options: {
  databases: string[];
  settings?: Record<string, string>;
}): Promise<TemporaryPostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), 'portolan-postgres-'));
  // The server of root runs as nobody, who has to get through.
  await chmod(folder, 0o755);
  const server = await startPostgres({
    ...options,
    folder: path.join(folder, 'postgres'),
    binariesFolder: path.join(tmpdir(), 'portolan-test-binaries'),
    logger: silentLogger,
  });
  return {
    url: server.url,
    pid: server.pid,
    folder,
    async close() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
