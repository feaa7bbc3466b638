// Rewrites what is derived from the migrations: migrations/schema.sql and packages/db/tables.ts.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeSchema, describeTypes, migrate, openDatabase } from '@portolan/db';
import { startPostgres } from '@portolan/embedded';
import { silentLogger } from '@portolan/kernel';

const folder = await mkdtemp(path.join(tmpdir(), 'portolan-describe-'));
await chmod(folder, 0o755);
const server = await startPostgres({
  folder: path.join(folder, 'postgres'),
  binariesFolder: path.join(tmpdir(), 'portolan-test-binaries'),
  databases: ['ckan'],
  logger: silentLogger,
});
try {
  await migrate(server.url('ckan'), silentLogger);
  const db = openDatabase({
    url: server.url('ckan'),
    application: 'ckan-describe',
    poolSize: 1,
    logger: silentLogger,
  });
  const root = new URL('../', import.meta.url);
  await writeFile(new URL('migrations/schema.sql', root), await describeSchema(db));
  await writeFile(new URL('packages/db/tables.ts', root), await describeTypes(db));
  await db.close();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
