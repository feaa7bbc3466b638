// What the benches of the harvester work in: a database of its own, a harvester in this process and a remote beside it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  catalogueActions,
  dispatch,
  findAction,
  registerActions,
  runRelay,
  type Site,
} from '@portolan/catalogue';
import { type Db, migrate, openDatabase } from '@portolan/db';
import { startPostgres } from '@portolan/embedded';
import { createFetcher } from '@portolan/fetcher';
import { type HarvestSite, registerHarvest } from '@portolan/harvest';
import { loadConfig, silentLogger, systemRuntime } from '@portolan/kernel';
import { noMailer } from '@portolan/mail';
import { postgresEngine } from '@portolan/search';
import { harvestSite } from '@portolan/service-harvester';
import { diskStore } from '@portolan/storage';
import { benchRemotes } from './harvest_remotes.ts';

export interface BenchSetting {
  db: Db;
  harvester: HarvestSite;
  /** Of the one source. */
  sourceId: string;
  postgresPid: number;
  close(): Promise<void>;
}

/** @param records what the remote has */
export async function openSetting(type: string, records: number): Promise<BenchSetting> {
  const served = benchRemotes[type]?.(records);
  if (!served) throw new Error(`There is no remote of type ${type}`);
  const logger = silentLogger;
  const folder = await mkdtemp(path.join(tmpdir(), 'portolan-bench-'));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({
    folder: path.join(folder, 'postgres'),
    binariesFolder: path.join(tmpdir(), 'portolan-test-binaries'),
    databases: ['bench'],
    logger,
  });
  await migrate(postgres.url('bench'), logger);
  const db = openDatabase({ url: postgres.url('bench'), application: 'ckan-bench', poolSize: 10, logger });
  const remote = fork(path.join(import.meta.dirname, 'harvest_remote.ts'), [type, String(records)], {
    execArgv: [],
  });
  const [port] = (await once(remote, 'message')) as [number];
  const host = `127.0.0.1:${port}`;

  registerActions(catalogueActions);
  registerHarvest();
  const site: Site = {
    config: loadConfig({ env: { SECRET_KEY: 'of the bench' } }),
    runtime: systemRuntime,
    db,
    search: postgresEngine(),
    files: diskStore(folder),
    mailer: noMailer,
    gate: { closed: false },
    logger,
    version: '2.11.5',
  };
  const fetcher = createFetcher({
    runtime: systemRuntime,
    logger,
    allow: [host],
    userAgent: 'bench',
    minIntervalPerHost: 0,
  });
  const act = (name: string, params: Record<string, unknown>) => {
    const action = findAction(name);
    if (!action) throw new Error(`There is no action ${name}`);
    return dispatch(site, action, { user: undefined, ignoreAuth: true }, params);
  };
  await act('organization_create', { name: 'bench' });
  const source = (await act('harvest_source_create', {
    name: 'bench-source',
    url: `http://${host}${served.path}`,
    source_type: type,
    owner_org: 'bench',
    config: JSON.stringify(served.config),
  })) as { id: string };
  // What a portal runs beside its API in one process: the index is written while the harvest goes on.
  const stop = new AbortController();
  const relay = runRelay(site, stop.signal);
  return {
    db,
    harvester: { ...harvestSite(site, fetcher), config: site.config, enqueue: async () => {} },
    sourceId: source.id,
    postgresPid: postgres.pid,
    async close() {
      stop.abort();
      await relay;
      await fetcher.close();
      remote.disconnect();
      await db.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
