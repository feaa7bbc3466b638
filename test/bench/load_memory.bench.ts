// CKANAPI=path/to/ckanapi node test/bench/load_memory.bench.ts [DATASETS] [STEPS]: whether the portal's memory stays
// flat while `ckanapi load` fills it, by its processes' sizes after each step.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { removeFolder, startPortal } from '../acceptance/portal.ts';
import { must } from '../authorisation/client.ts';
import { loadByCkanapi, publication } from './catalogue/publication.ts';
import { described, memoryOf } from './server_memory.ts';

const datasets = Number(process.argv[2] ?? 20_000);
const steps = Number(process.argv[3] ?? 10);
const { CKANAPI } = process.env;
if (!CKANAPI) throw new Error('CKANAPI must be the path of ckanapi');

const portal = await startPortal({ env: { LOG_LEVEL: 'error' } });
const folder = mkdtempSync(path.join(tmpdir(), 'portolan-bench-'));
const memory = () => described(memoryOf(portal.process.pid ?? 0));
try {
  await must(portal, 'organization_create', { name: 'bench' });
  console.log(`0 datasets: ${memory()}`);
  const step = Math.ceil(datasets / steps);
  for (let there = 0; there < datasets; there += step) {
    const some = Array.from({ length: step }, (_, one) => publication(`load-${there + one}`, 'bench'));
    const seconds = await loadByCkanapi(CKANAPI, portal, some, path.join(folder, 'datasets.jsonl'));
    const { count } = await must(portal, 'package_search', { rows: 0 });
    console.log(`${count} datasets: ${memory()}, ${(step / seconds).toFixed(1)}/s`);
  }
} finally {
  await portal.end('SIGTERM');
  removeFolder(portal.data);
  rmSync(folder, { recursive: true, force: true });
}
