// node test/oracle/harvested_by_ckan.ts [TYPE…]: the real ckanext-harvest of CKAN_URL and CKAN_TOKEN harvests a portal
// started here, as a CKAN source, as a `data.json` and as RDF: first everything, then with nothing changed, then after a
// dataset has changed and another has gone. Prints what it made of each run and what differs from the originals; ends
// with 1 where a run has errors or anything differs. Organisation, sources and copies are taken away at the end.
import { isDeepStrictEqual } from 'node:util';
import { environment } from '@portolan/kernel';
import { startPortal } from '../acceptance/portal.ts';
import { type Dataset, fillPortal, type Original } from './harvested_originals.ts';

const types = process.argv.length > 2 ? process.argv.slice(2) : ['ckan', 'dcat_json', 'dcat_rdf'];
const { CKAN_URL, CKAN_TOKEN } = environment();
if (!CKAN_URL || !CKAN_TOKEN) throw new Error('CKAN_URL and CKAN_TOKEN name a real CKAN');

type Call = <Result>(action: string, params: object) => Promise<Result>;

const caller =
  (url: string, token: string): Call =>
  async <Result>(action: string, params: object) => {
    const response = await fetch(`${url}/api/3/action/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: token },
      body: JSON.stringify(params),
    });
    const { result, error } = (await response.json()) as { result: Result; error?: object };
    if (!response.ok) throw new Error(`${action}: ${JSON.stringify(error)}`);
    return result;
  };

interface Report {
  gather_errors: { message: string }[];
  object_errors: Record<string, { errors: { message: string }[] }>;
}

interface Job {
  id: string;
  status: string;
  stats: { added: number; updated: number; deleted: number; not_modified: number; errored: number };
}

const ckan = caller(CKAN_URL, CKAN_TOKEN);
const name = `portolan-${process.pid}`;

/** Harvests once; resolves with what has become of the records and with every error. */
async function harvest(source: string): Promise<{ stats: Job['stats']; errors: string[] }> {
  const { id } = await ckan<Job>('harvest_job_create', { source_id: source, run: true });
  let [before, since] = ['', performance.now()];
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { status, stats } = await ckan<Job>('harvest_job_show', { id });
    if (status === 'Finished') {
      const report = await ckan<Report>('harvest_job_report', { id });
      const objects = Object.values(report.object_errors).flatMap(({ errors }) => errors);
      return { stats, errors: [...report.gather_errors, ...objects].map(({ message }) => message) };
    }
    const now = JSON.stringify(stats);
    if (now !== before) [before, since] = [now, performance.now()];
    // Its jobs end when somebody asks whether they have; that also sends what waits once more, to be imported twice.
    else if (performance.now() - since > 5000) await ckan('harvest_jobs_run', { source_id: source });
  }
}

async function copiesOf(id: string): Promise<Dataset[]> {
  const found: Dataset[] = [];
  for (let start = 0; ; start += 100) {
    const { results } = await ckan<{ results: Dataset[] }>('package_search', {
      fq: `harvest_source_id:"${id}"`,
      include_private: true,
      rows: 100,
      start,
      sort: 'name asc',
    });
    found.push(...results);
    if (results.length < 100) return found;
  }
}

/** What both sides say of a dataset, by the source's type. */
function differences(type: string, originals: readonly Original[], harvested: readonly Dataset[]): string[] {
  const wrong: string[] = [];
  const titles = new Set(originals.map(({ dataset }) => dataset.title));
  // Its harvester of other CKANs never deletes.
  const copies = type === 'ckan' ? harvested.filter(({ title }) => titles.has(title)) : harvested;
  const byTitle = new Map(copies.map((copy) => [copy.title, copy]));
  if (copies.length !== originals.length) wrong.push(`${copies.length} copies of ${originals.length}`);
  for (const { dataset, seen } of originals) {
    const copy = byTitle.get(dataset.title);
    if (!copy) wrong.push(`${dataset.name} is missing`);
    else
      for (const [what, read] of Object.entries(seen)) {
        const [theirs, ours] = [read(copy, type), read(dataset, type)];
        if (!isDeepStrictEqual(theirs, ours))
          wrong.push(`${dataset.name} ${what}: ${JSON.stringify(theirs)} of ${JSON.stringify(ours)}`);
      }
  }
  return wrong;
}

let failed = false;
const tell = (type: string, what: string, result: object, wrong: string[]) => {
  if (wrong.length > 0) failed = true;
  console.log(`${type}, ${what}: ${JSON.stringify(result)}${wrong.map((one) => `\n  ${one}`).join('')}`);
};

const portal = await startPortal();
const organization = await ckan<{ id: string }>('organization_create', { name });
try {
  const ours = caller(portal.url, portal.token);
  const filled = await fillPortal(ours, 130);
  const paths: Record<string, string> = { ckan: '', dcat_json: '/data.json', dcat_rdf: '/catalog.ttl' };
  for (const type of types) {
    const source = `${name}-${type}`.replace('_', '-');
    const { id } = await ckan<{ id: string }>('harvest_source_create', {
      name: source,
      title: source,
      url: `${portal.url.replace('localhost', '127.0.0.1')}${paths[type]}`,
      source_type: type,
      owner_org: organization.id,
      config: type === 'ckan' ? '{"default_extras": {}}' : '{}',
    });
    try {
      const first = await harvest(id);
      tell(type, 'first', first.stats, [
        ...first.errors,
        ...differences(type, await filled.originals(), await copiesOf(id)),
      ]);
      const again = await harvest(id);
      tell(type, 'again', again.stats, again.errors);
      await filled.change();
      const changed = await harvest(id);
      tell(type, 'changed', changed.stats, [
        ...changed.errors,
        ...differences(type, await filled.originals(), await copiesOf(id)),
      ]);
      await filled.changeBack();
    } finally {
      await ckan('harvest_source_clear', { id });
      await ckan('dataset_purge', { id });
    }
  }
} catch (error) {
  failed = true;
  console.error(error);
} finally {
  await ckan('organization_purge', { id: organization.id });
  await portal.end('SIGTERM');
}
process.exitCode = failed ? 1 : 0;
