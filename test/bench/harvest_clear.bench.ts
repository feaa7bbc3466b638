// node test/bench/harvest_clear.bench.ts [DATASETS]: clears a source of so many datasets on a portal of its own, and says
// how long readers of other datasets waited before, meanwhile and after.
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { removeFolder, run, startPortal } from '../acceptance/portal.ts';

const datasets = Number(process.argv[2] ?? 100_000);
const others = 100;
/** Milliseconds between two readers; what they wait is the portal's answer, not a queue of their own making. */
const pace = 50;

const portal = await startPortal({ env: { LOG_LEVEL: 'error' } });
const running = JSON.parse(readFileSync(path.join(portal.data, 'portal.json'), 'utf8')) as {
  env: Record<string, string>;
};
const db = new pg.Client(running.env['DATABASE_URL']);
await db.connect();

async function call(name: string, params: object): Promise<{ id: string }> {
  const response = await fetch(`${portal.url}/api/3/action/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: portal.token },
    body: JSON.stringify(params),
  });
  const body = (await response.json()) as { result: { id: string } };
  if (!response.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
  return body.result;
}

/**
 * The source's records and their datasets, with two resources, three extras and two tags each. No trigger notes them: a
 * rebuild indexes them faster than the relay would.
 */
async function seed(source: string, organization: string): Promise<void> {
  const rows = `generate_series(1, ${datasets}) n`;
  for (const statement of [
    'SET session_replication_role = replica',
    `INSERT INTO tag (id, name) SELECT 'bench-tag-' || n, 'bench-tag-' || n FROM generate_series(0, 499) n`,
    `INSERT INTO package (id, name, title, notes, type, state, owner_org, metadata_created, metadata_modified)
       SELECT 'h-' || n, 'h-' || n, 'Harvested ' || n, repeat('Words about what this dataset is. ', 20), 'dataset', 'active',
         '${organization}', now(), now() FROM ${rows}`,
    `INSERT INTO resource (id, package_id, url, position, state)
       SELECT 'h-' || n || '-' || i, 'h-' || n, 'http://files.test/' || n, i, 'active' FROM ${rows}, generate_series(0, 1) i`,
    `INSERT INTO package_extra (id, package_id, key, value, state)
       SELECT 'h-' || n || '-' || i, 'h-' || n, 'key ' || i, 'value', 'active' FROM ${rows}, generate_series(0, 2) i`,
    `INSERT INTO package_tag (id, package_id, tag_id, state)
       SELECT 'h-' || n || '-' || i, 'h-' || n, 'bench-tag-' || (n + i) % 500, 'active' FROM ${rows}, generate_series(0, 1) i`,
    `INSERT INTO member (id, table_id, group_id, table_name, capacity, state)
       SELECT 'h-' || n, 'h-' || n, '${organization}', 'package', 'organization', 'active' FROM ${rows}`,
    `INSERT INTO harvest_job (id, source_id, status, created) VALUES ('bench-job', '${source}', 'Finished', now())`,
    `INSERT INTO harvest_object (id, guid, harvest_source_id, harvest_job_id, package_id, current, state, content)
       SELECT 'h-' || n, 'h-' || n, '${source}', 'bench-job', 'h-' || n, true, 'COMPLETE', repeat('content ', 500) FROM ${rows}`,
    'RESET session_replication_role',
    'ANALYZE',
  ])
    await db.query(statement);
}

async function index(): Promise<void> {
  const { code, output } = await run(['--data', portal.data, 'search-index', 'rebuild-fast']);
  if (code !== 0) throw new Error(output);
  while ((await db.query('SELECT FROM portolan.outbox LIMIT 1')).rowCount)
    await new Promise((resolve) => setTimeout(resolve, 500));
}

/** Reads other datasets at an even pace until `end`. @returns what each answer took, in order of size */
async function read(end: Promise<unknown>): Promise<number[]> {
  let ended = false;
  void end.finally(() => {
    ended = true;
  });
  const answers: Promise<number>[] = [];
  for (let turn = 0; !ended; turn++) {
    answers.push(show(turn));
    await new Promise((resolve) => setTimeout(resolve, pace));
  }
  return (await Promise.all(answers)).sort((a, b) => a - b);
}

async function show(turn: number): Promise<number> {
  const asked = performance.now();
  const response = await fetch(`${portal.url}/api/3/action/package_show?id=other-${turn % others}`);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`package_show: ${response.status}`);
  return performance.now() - asked;
}

const line = (label: string, times: number[]) => {
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  return `package_show ${label}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms of ${times.length}; load average ${(loadavg()[0] ?? 0).toFixed(1)}`;
};
const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(0);
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 30_000));

try {
  const organization = await call('organization_create', { name: 'bench' });
  const source = await call('harvest_source_create', {
    name: 'bench-source',
    url: 'http://remote.test',
    source_type: 'ckan',
    owner_org: 'bench',
  });
  for (let one = 0; one < others; one++)
    await call('package_create', {
      name: `other-${one}`,
      owner_org: 'bench',
      title: `Other ${one}`,
      resources: [{ url: 'http://files.test/a.csv' }, { url: 'http://files.test/b.csv' }],
    });
  const began = performance.now();
  await seed(source.id, organization.id);
  console.log(`${datasets} datasets written in ${seconds(began)} s`);
  await index();
  console.log(`indexed after ${seconds(began)} s`);
  await read(new Promise((resolve) => setTimeout(resolve, 5000)));
  console.log(line('before', await read(aWhile())));
  const started = performance.now();
  const clearing = call('harvest_source_clear', { id: source.id });
  console.log(line('meanwhile', await read(clearing)));
  await clearing;
  console.log(`cleared in ${seconds(started)} s`);
  console.log(line('after', await read(aWhile())));
} finally {
  await db.end();
  await portal.end('SIGTERM');
  removeFolder(portal.data);
}
