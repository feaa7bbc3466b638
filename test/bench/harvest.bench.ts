// node test/bench/harvest.bench.ts [records] [ckan | waf | csw | gemini-csw]: a first harvest of a source, and one in
// which nothing has changed.

import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { catalogueActions, dispatch, findAction, registerActions, type Site } from '@portolan/catalogue';
import { migrate, openDatabase } from '@portolan/db';
import { startPostgres } from '@portolan/embedded';
import { createFetcher } from '@portolan/fetcher';
import {
  createJob,
  type HarvestSite,
  type JobRun,
  registerHarvest,
  runGather,
  runImport,
} from '@portolan/harvest';
import { loadConfig, silentLogger, systemRuntime } from '@portolan/kernel';
import { noMailer } from '@portolan/mail';
import { postgresEngine } from '@portolan/search';
import { harvestSite } from '@portolan/service-harvester';
import { diskStore } from '@portolan/storage';
import pg from 'pg';
import { benchRemotes } from './harvest_remotes.ts';

const records = Number(process.argv[2] ?? 50_000);
const type = process.argv[3] ?? 'ckan';
const workers = 2;
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

const served = benchRemotes[type]?.(records);
if (!served) throw new Error(`There is no remote of type ${type}`);
const remote = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '', 'http://remote');
  response.end(served.answer(url, Buffer.concat(chunks).toString()));
}).listen(0, '127.0.0.1');
await once(remote, 'listening');
const host = `127.0.0.1:${(remote.address() as AddressInfo).port}`;

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
const harvester: HarvestSite = {
  ...harvestSite(site, fetcher),
  config: site.config,
  enqueue: async () => {},
};
const act = (name: string, params: Record<string, unknown>) =>
  dispatch(site, findAction(name)!, { user: undefined, ignoreAuth: true }, params);
await act('organization_create', { name: 'bench' });
const source = (await act('harvest_source_create', {
  name: 'bench-source',
  url: `http://${host}${served.path}`,
  source_type: type,
  owner_org: 'bench',
  config: JSON.stringify(served.config),
})) as { id: string };

/** Statements of this process so far: nobody else is at the database. */
const statements = { all: 0, writing: 0 };
const counted = () => ({ ...statements });
const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
  const [first] = given as [string | { text?: string }];
  const text = typeof first === 'string' ? first : (first.text ?? '');
  statements.all++;
  if (/\b(INSERT INTO|UPDATE|DELETE FROM)\b(?! OF| SKIP)/.test(text.replaceAll('FOR UPDATE', '')))
    statements.writing++;
  return query.apply(this, given);
} as typeof pg.Client.prototype.query;

let turns = 0;
const newRun = (): JobRun => ({
  id: `bench ${turns++}`,
  signal: new AbortController().signal,
  fence: async () => {},
});

async function harvest(label: string): Promise<void> {
  const { id } = await db.transact((tx) => createJob(tx, harvester, source.id, { run: true }));
  const before = counted();
  const started = performance.now();
  const used = process.cpuUsage();
  let peak = 0;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 200);
  await runGather(harvester, newRun(), id);
  const gathered = performance.now();
  const work = async () => {
    const run = newRun();
    while ((await runImport(harvester, run, id)) > 0);
  };
  await Promise.all(Array.from({ length: workers }, work));
  const ended = performance.now();
  clearInterval(sampling);
  const [counts] = await db.rows<{ text: string }>(
    `SELECT string_agg(report_status || ' ' || n, ', ') AS text FROM (
       SELECT report_status, count(*) AS n FROM harvest_object WHERE harvest_job_id = $1 GROUP BY 1) AS c`,
    [id],
  );
  const seconds = (ended - started) / 1000;
  const cpu = process.cpuUsage(used);
  const after = counted();
  console.log(
    `${label}: ${counts?.text}; ${seconds.toFixed(1)} s, gather ${((gathered - started) / 1000).toFixed(1)} s, ` +
      `${(records / seconds).toFixed(0)} records/s, peak ${(peak / 2 ** 20).toFixed(0)} MB, ` +
      `${((cpu.user + cpu.system) / 1000 / records).toFixed(1)} ms of this process's CPU a record, ` +
      `${((after.all - before.all) / records).toFixed(2)} statements a record, ` +
      `${((after.writing - before.writing) / (records / 1000)).toFixed(1)} that write per 1000 records`,
  );
}

try {
  await harvest('first run');
  await harvest('nothing changed');
} finally {
  await fetcher.close();
  remote.close();
  await db.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
