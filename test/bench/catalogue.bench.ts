// node test/bench/catalogue.bench.ts [SECONDS] [DATASETS]: the catalogue's reads and writes on a portal of its own;
// with CKAN_URL and CKAN_TOKEN (and CKANAPI, the command) the same on a real CKAN in turns, as ratios of one run. Hold
// CKAN's lock: datasets are added to it.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { removeFolder, startPortal } from '../acceptance/portal.ts';
import { must, type Server } from '../authorisation/client.ts';
import { loadByCkanapi, publication } from './catalogue/publication.ts';
import { load, shown } from './load.ts';
import { described, memoryOf } from './server_memory.ts';

const seconds = Number(process.argv[2] ?? 5);
const datasets = Number(process.argv[3] ?? 2000);
const rounds = 3;
const { CKAN_URL, CKAN_TOKEN, CKANAPI } = process.env;

const portal = await startPortal({ env: { LOG_LEVEL: 'error' } });
const memory = () => memoryOf(portal.process.pid ?? 0);
const servers: Record<string, Server> = { Portolan: { url: portal.url, token: portal.token } };
if (CKAN_URL && CKAN_TOKEN) servers['CKAN'] = { url: CKAN_URL, token: CKAN_TOKEN };
const folder = mkdtempSync(path.join(tmpdir(), 'portolan-bench-'));
const run = randomUUID().slice(0, 8);

const dataset = (name: string) => publication(name, `bench-${run}`);

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rates: Record<string, Record<string, number[]>> = {};
function note(what: string, server: string, rate: number, detail = ''): void {
  rates[what] ??= {};
  rates[what][server] ??= [];
  rates[what][server].push(rate);
  console.log(`${what}, ${server}: ${detail || `${rate.toFixed(1)}/s`}`);
}

async function creates(name: string, server: Server, round: number): Promise<void> {
  const count = name === 'CKAN' ? 20 : 200;
  const began = performance.now();
  for (let one = 0; one < count; one++)
    await must(server, 'package_create', dataset(`bench-${run}-${round}-${one}`));
  note('package_create, one client', name, count / ((performance.now() - began) / 1000));
}

async function shows(name: string, server: Server): Promise<void> {
  const paths = Array.from({ length: 20 }, (_, one) => `/api/3/action/package_show?id=bench-${run}-0-${one}`);
  const found = await load(server.url, { connections: 16, seconds, paths });
  note('package_show, 16 connections', name, found.rate, shown(found));
  if (name === 'CKAN') return;
  const [first] = paths;
  const etag = (await fetch(server.url + first)).headers.get('etag') ?? '';
  const held = { headers: { 'if-none-match': etag }, status: 304, paths: [first ?? ''] };
  const unchanged = await load(server.url, { connections: 16, seconds, ...held });
  note('package_show not modified', name, unchanged.rate, shown(unchanged));
}

async function loads(name: string, server: Server, command: string, round: number): Promise<void> {
  const count = name === 'CKAN' ? Math.ceil(datasets / 10) : datasets;
  const file = path.join(folder, `${name}.jsonl`);
  const some = Array.from({ length: count }, (_, one) => dataset(`load-${run}-${round}-${one}`));
  const before = memory();
  const rate = count / (await loadByCkanapi(command, server, some, file));
  const { count: there } = await must(server, 'package_search', {
    fq: `name:load-${run}-${round}-*`,
    rows: 0,
  });
  const hours = (100_000 / rate / 3600).toFixed(2);
  note(
    'ckanapi load, four processes',
    name,
    rate,
    `${rate.toFixed(1)}/s, ${there} of ${count}; 100,000 in ${hours} h`,
  );
  if (name !== 'CKAN') console.log(`  memory before ${described(before)}, after ${described(memory())}`);
}

try {
  for (const server of Object.values(servers))
    await must(server, 'organization_create', { name: `bench-${run}` });
  for (let round = 0; round < rounds; round++)
    for (const [name, server] of Object.entries(servers)) {
      await creates(name, server, round);
      await shows(name, server);
    }
  for (let round = 0; CKANAPI && round < rounds; round++)
    for (const [name, server] of Object.entries(servers)) await loads(name, server, CKANAPI, round);
  for (const [what, { Portolan: ours = [], CKAN: theirs = [] }] of Object.entries(rates))
    if (theirs.length > 0) console.log(`${what}: ${(median(ours) / median(theirs)).toFixed(1)} times CKAN`);
} finally {
  await portal.end('SIGTERM');
  removeFolder(portal.data);
  rmSync(folder, { recursive: true, force: true });
}
