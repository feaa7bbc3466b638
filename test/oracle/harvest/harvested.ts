import type { RecordOutcome } from './differences.ts';
import type { Scenario } from './scenario.ts';

/** A server that harvests. */
export interface Site {
  url: string;
  token: string;
}

// biome-ignore lint/suspicious/noExplicitAny: any action's answer
type Answered = any;

export async function ask({ url, token }: Site, action: string, body: object): Promise<Answered> {
  const response = await fetch(`${url}/api/3/action/${action}`, {
    method: 'POST',
    headers: { authorization: token, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${url} ${action}: ${text.slice(0, 500)}`);
  return JSON.parse(text).result;
}

/** What came of one run: of the job, and of each record by its GUID. */
export interface Outcome {
  stats: Record<string, number>;
  gatherErrors: string[];
  records: Record<string, RecordOutcome>;
  /** Records that ended a worker, and so have no outcome. */
  lost: string[];
  /** Datasets of the source once the job is done: name, and the record that it was last seen to come from. */
  datasets: { name: string; record: string }[];
}

/** Makes the groups and organisations that are not there yet. */
export async function makeLocal(site: Site, local: Scenario['local']): Promise<void> {
  const make = async (kind: 'group' | 'organization', names: readonly string[]) => {
    const there: string[] = names.length > 0 ? await ask(site, `${kind}_list`, {}) : [];
    for (const name of names.filter((one) => !there.includes(one)))
      await ask(site, `${kind}_create`, { name, title: `Here: ${name}` });
  };
  await make('organization', local?.organizations ?? []);
  await make('group', local?.groups ?? []);
}

export async function makeSource(
  site: Site,
  scenario: Scenario,
  root: string,
  owner: string,
): Promise<string> {
  // Of a comparison that was broken off.
  const left = await ask(site, 'package_show', { id: scenario.name }).catch(() => undefined);
  if (left) await clear(site, left.id);
  const { id } = await ask(site, 'harvest_source_create', {
    name: scenario.name,
    title: `Source ${scenario.name}`,
    url: root + scenario.path,
    source_type: scenario.type,
    owner_org: owner,
    config: JSON.stringify(scenario.config),
  });
  return id;
}

/** Harvests once; a job whose worker has died is given up after `patience` seconds without anything new. */
export async function harvest(site: Site, source: string, patience = 90): Promise<string> {
  const { id } = await ask(site, 'harvest_job_create', { source_id: source, run: true });
  let [before, since] = ['', performance.now()];
  for (;;) {
    const { status, stats, gather_finished: gathered } = await ask(site, 'harvest_job_show', { id });
    if (status === 'Finished') return id;
    const now = JSON.stringify([stats, gathered]);
    if (now !== before) [before, since] = [now, performance.now()];
    if (performance.now() - since > patience * 1000) {
      await ask(site, 'harvest_job_abort', { id });
      return id;
    }
    // Earlier, CKAN would send what waits once more, to be imported twice.
    if (gathered && !('null' in stats)) await ask(site, 'harvest_jobs_run', { source_id: source });
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Names follow the order in which records came, and these came in any. */
const unnumbered = (name: string) => name.replace(/(-?\d+)+-?$/, '');

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const moment = /20[2-9]\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.\d{1,6}/g;
const own = new Set([
  ...['id', 'package_id', 'creator_user_id', 'owner_org', 'metadata_created', 'metadata_modified', 'created'],
  ...[
    'harvest_object_id',
    'harvest_source_id',
    'harvest_job_id',
    'organization',
    'revision_id',
    'last_modified',
    // What the index has, which may be of the run before.
    'harvest_source_title',
  ],
]);

/** Without what each server makes up; `kept` says which ids are the documents'. */
export function comparable(value: unknown, kept: (id: string) => boolean, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => comparable(item, kept));
    return ['extras', 'tags', 'groups'].includes(key)
      ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : items;
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !own.has(name) || (name === 'id' && kept((value as { id: string }).id)))
        .filter(([name]) => !(name === 'value' && own.has((value as { key: string }).key)))
        // The number of a blank node, where ours has none.
        .filter(
          ([name, item]) =>
            !(name === 'distribution_ref' && (item === null || /^n[0-9a-f]{32}(b\d+)?$/i.test(String(item)))),
        )
        .map(([name, item]) => [name, comparable(item, kept, name)]),
    );
  if (typeof value !== 'string') return value;
  return value.replace(uuid, (id) => (kept(id) ? id : '{id}')).replace(moment, '{time}');
}

/** In order, each once: a record that the queue brought twice has told all of its errors again. */
const once = (errors: unknown[]): unknown[] =>
  [...new Set(errors.map((error) => JSON.stringify(error)))].sort().map((text) => JSON.parse(text));

/**
 * What the job made of the source's records.
 * @param madeFrom the record of each dataset by its id, of this run and earlier ones: is added to
 */
export async function outcome(
  site: Site,
  source: string,
  job: string,
  { anyOrder }: Scenario,
  { kept, madeFrom }: { kept: (id: string) => boolean; madeFrom: Map<string, string> },
): Promise<Outcome> {
  const { stats } = await ask(site, 'harvest_job_show', { id: job });
  const report = await ask(site, 'harvest_job_report', { id: job });
  const ids: string[] = await ask(site, 'harvest_object_list', { source_id: source, only_current: false });
  const records: Outcome['records'] = {};
  const lost: string[] = [];
  const shown: Answered[] = [];
  for (const id of ids) shown.push(await ask(site, 'harvest_object_show', { id }));
  for (const object of shown.filter(({ harvest_job_id }) => harvest_job_id === job)) {
    const errors = report.object_errors[object.id]?.errors ?? [];
    const dataset = object.package_id
      ? await ask(site, 'package_show', { id: object.package_id })
          .then((shown) => JSON.parse(JSON.stringify(shown).replaceAll(site.url, '{site}')))
          .catch(() => undefined)
      : undefined;
    if (dataset && anyOrder) {
      // What has no title has its name for one.
      if (dataset.title === dataset.name) dataset.title = unnumbered(dataset.title);
      dataset.name = unnumbered(dataset.name);
    }
    let key: string = object.extras.waf_location || object.guid;
    while (key in records) key += ' again';
    if (object.report_status === null) lost.push(key);
    const failed = object.report_status === 'errored' && madeFrom.has(object.package_id);
    if (object.package_id && !failed) madeFrom.set(object.package_id, key);
    records[key] = {
      guid: object.guid,
      state: object.state,
      report_status: object.report_status,
      current: object.current,
      errors: once(
        errors.map(({ type, message, line }: Answered) => comparable([type, message, line ?? null], kept)),
      ),
      owner: dataset?.organization?.name ?? null,
      dataset: comparable(dataset ?? null, kept) as RecordOutcome['dataset'],
    };
  }
  const datasets = (await indexed(site, source, shown)).map(({ id, name }: Answered) => ({
    name: anyOrder ? unnumbered(name) : name,
    record: madeFrom.get(id) ?? 'unknown',
  }));
  const gatherErrors = report.gather_errors.map(({ message }: Answered) => String(comparable(message, kept)));
  return { stats, gatherErrors: gatherErrors.sort(), records, lost, datasets };
}

/** Datasets of the source by the index, once it has what is current, or after a while. */
async function indexed(site: Site, source: string, objects: Answered[]): Promise<Answered[]> {
  const current = objects.filter(({ current, package_id }) => current && package_id);
  const expected: string[] = [];
  for (const { package_id: id } of current)
    expected.push(
      await ask(site, 'package_show', { id }).then(
        ({ name }) => name,
        () => '',
      ),
    );
  for (let attempt = 1; ; attempt++) {
    const { results } = await ask(site, 'package_search', {
      fq: `harvest_source_id:"${source}"`,
      rows: 1000,
      include_private: true,
    });
    const names = results.map(({ name }: Answered) => name);
    if (attempt === 6 || expected.every((name) => name === '' || names.includes(name))) return results;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

export async function clear(site: Site, source: string): Promise<void> {
  await ask(site, 'harvest_source_clear', { id: source });
  await ask(site, 'dataset_purge', { id: source });
}
