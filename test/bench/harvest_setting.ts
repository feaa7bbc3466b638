// What the benches of the harvester work in: a database of its own, a harvester in this process and a remote beside it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { dispatch, findAction, type Site } from '@portolan/catalogue';
import { type Db, migrate } from '@portolan/db';
import { createFetcher } from '@portolan/fetcher';
import type { HarvestSite } from '@portolan/harvest';
import { silentLogger, systemRuntime } from '@portolan/kernel';
import { harvestSite } from '@portolan/service-harvester';
import { temporaryPostgres } from '../harness/postgres.ts';
import { benchRemotes } from './harvest_remotes.ts';
import { benchSite } from './harvest_site.ts';

export interface BenchSetting {
  site: Site;
  db: Db;
  harvester: HarvestSite;
  /** Of the one source. */
  sourceId: string;
  postgresPid: number;
  relayPid: number;
  close(): Promise<void>;
}

/** A remote catalogue, and what a source has to say to harvest it. */
export interface ServedRemote {
  host: string;
  url: string;
  type: string;
  config: string;
  close(): void;
}

const beside = (program: string, ...given: string[]) =>
  fork(path.join(import.meta.dirname, program), given, { execArgv: [] });

/** Serves so many records that no other remote has. */
export async function serveRemote(type: string, records: number): Promise<ServedRemote> {
  const served = benchRemotes[type]?.(records);
  if (!served) throw new Error(`There is no remote of type ${type}`);
  const remote = beside('harvest_remote.ts', type, String(records));
  const [port] = (await once(remote, 'message')) as [number];
  const host = `127.0.0.1:${port}`;
  return {
    host,
    url: `http://${host}${served.path}`,
    type: served.type ?? type,
    config: JSON.stringify(served.config),
    close: () => remote.disconnect(),
  };
}

/** @param records what the remote has */
export async function openSetting(type: string, records: number): Promise<BenchSetting> {
  const remote = await serveRemote(type, records);
  const logger = silentLogger;
  const postgres = await temporaryPostgres({ databases: ['bench'] });
  const { folder } = postgres;
  await migrate(postgres.url('bench'), logger);

  const site = benchSite(postgres.url('bench'), folder);
  const { db } = site;
  const fetcher = createFetcher({
    runtime: systemRuntime,
    logger,
    allow: [remote.host],
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
    url: remote.url,
    source_type: remote.type,
    owner_org: 'bench',
    config: remote.config,
  })) as { id: string };
  // The index is written while the harvest goes on.
  const relay = beside('harvest_relay.ts', postgres.url('bench'), folder);
  return {
    site,
    db,
    harvester: { ...harvestSite(site, fetcher), config: site.config, enqueue: async () => {} },
    sourceId: source.id,
    postgresPid: postgres.pid,
    relayPid: relay.pid ?? 0,
    async close() {
      relay.disconnect();
      await once(relay, 'exit');
      await fetcher.close();
      remote.close();
      await db.close();
      await postgres.close();
    },
  };
}
