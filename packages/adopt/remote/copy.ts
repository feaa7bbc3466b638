import {
  asciiJson,
  attachFile,
  dispatch,
  findAction,
  type ImportOptions,
  type ImportOutcome,
  importDatasets,
  importObjects,
  JsonText,
  refusalOf,
  type Site,
  unattachedUploads,
} from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import { type RemoteCkan, RemoteError, remoteDatasets } from './client.ts';
import { differences } from './differences.rules.ts';
import { fileNameOf, portableDataset, portableGroup } from './portable.rules.ts';

type Json = Record<string, unknown>;

export interface CopyOptions extends ImportOptions {
  /** Also the files that were uploaded there. */
  files: boolean;
}

/** How one kind of object has fared. */
export interface Tally {
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
}

export interface CopyReport {
  users: Tally;
  organizations: Tally;
  groups: Tally;
  datasets: Tally;
  files: { copied: number; missing: number };
  /** Objects that were refused, with the reason. */
  refused: { kind: string; name: unknown; error: unknown }[];
  /** The comparison at the end. */
  verified: { equal: number; different: { name: unknown; paths: string[] }[]; missing: unknown[] };
}

const none = (): Tally => ({ created: 0, updated: 0, unchanged: 0, rejected: 0 });

/**
 * Copies another CKAN over its API: people as far as the token shows their addresses, organisations and groups with
 * their hierarchy, datasets, uploaded files. Ids stay. What is here and says the same is left alone, so that a copy
 * that broke off is taken up by running it again. At the end everything is compared object by object.
 */
export async function copyCkan(
  site: Site,
  remote: RemoteCkan,
  options: CopyOptions,
  progress: (what: string, done: number) => void,
): Promise<CopyReport> {
  const report: CopyReport = {
    users: none(),
    organizations: none(),
    groups: none(),
    datasets: none(),
    files: { copied: 0, missing: 0 },
    refused: [],
    verified: { equal: 0, different: [], missing: [] },
  };
  const people = await copyUsers(site, remote, options, report);
  for (const kind of ['organization', 'group'] as const) {
    await copyGroups(site, remote, kind, people, options, report);
    progress(`${kind}s`, report[`${kind}s`].created);
  }
  const vocabularies = await copyVocabularies(site, remote);
  let done = 0;
  for await (const batch of remoteDatasets(remote)) {
    const objects = batch.map((dataset) => portableDataset(dataset, vocabularies));
    const lines = objects.map((object, at) => ({ number: done + at, object }));
    count(report, 'datasets', objects, await importDatasets(site, lines, options));
    if (options.files) await copyFiles(site, remote, batch, options, report);
    await verify(site, objects, report);
    done += batch.length;
    progress('datasets', done);
  }
  return report;
}

function count(
  report: CopyReport,
  kind: 'users' | 'organizations' | 'groups' | 'datasets',
  objects: readonly Json[],
  outcomes: readonly ImportOutcome[],
): void {
  for (const [at, outcome] of outcomes.entries()) {
    if (typeof outcome !== 'string') {
      report[kind].rejected++;
      report.refused.push({ kind, name: objects[at]?.['name'], error: refusalOf(outcome.error) });
    } else if (outcome !== 'skipped') report[kind][outcome]++;
  }
}

const actionsOf = (kind: string) => {
  const [show, create, update] = ['show', 'create', 'update'].map((what) => findAction(`${kind}_${what}`)!);
  return { show: show!, create: create!, update: update! };
};

/** Only with a sysadmin's token does a CKAN tell addresses; who comes without one cannot have an account here. */
async function copyUsers(
  site: Site,
  remote: RemoteCkan,
  options: CopyOptions,
  report: CopyReport,
): Promise<Set<string>> {
  const users = await orNothing(() => remote.action<Json[]>('user_list', { all_fields: 'true' }));
  const known = users.filter(({ email }) => typeof email === 'string' && email !== '');
  const objects = known.map(({ id, name, fullname, email, about, sysadmin }) => ({
    id,
    name,
    fullname,
    email,
    about,
    sysadmin,
    // Nobody knows it: the owner asks for a new one by mail.
    password: site.runtime.bytes(24).toString('base64url'),
  }));
  const lines = objects.map((object, number) => ({ number, object }));
  count(
    report,
    'users',
    objects,
    await importObjects(site, actionsOf('user'), lines, { ...options, only: 'create' }),
  );
  const here = await site.db.rows<{ name: string }>('SELECT name FROM "user" WHERE name = ANY($1)', [
    users.map(({ name }) => String(name)),
  ]);
  return new Set(here.map(({ name }) => name));
}

async function copyGroups(
  site: Site,
  remote: RemoteCkan,
  kind: 'organization' | 'group',
  people: ReadonlySet<string>,
  options: CopyOptions,
  report: CopyReport,
): Promise<void> {
  const names = await remote.action<string[]>(`${kind}_list`);
  const objects: Json[] = [];
  for (const id of names) {
    const shown = await remote.action<Json>(`${kind}_show`, {
      id,
      include_users: 'true',
      include_datasets: 'false',
      include_extras: 'true',
      include_groups: 'true',
    });
    objects.push(portableGroup(shown, people));
  }
  // All of them first, then who stands above whom: a parent has to be there.
  const alone = objects.map(({ groups: _parents, ...object }, number) => ({ number, object }));
  const first = await importObjects(site, actionsOf(kind), alone, options);
  count(report, `${kind}s`, objects, first);
  const below = objects.filter(({ groups }) => (groups as unknown[]).length > 0);
  const lines = below.map((object, number) => ({ number, object }));
  for (const [at, outcome] of (await importObjects(site, actionsOf(kind), lines, options)).entries())
    if (typeof outcome !== 'string')
      report.refused.push({ kind: `${kind}s`, name: below[at]?.['name'], error: refusalOf(outcome.error) });
}

/** @returns our ids of the remote's vocabularies */
async function copyVocabularies(site: Site, remote: RemoteCkan): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { id, name, tags } of await orNothing(() => remote.action<Json[]>('vocabulary_list'))) {
    const [here] = await site.db.rows<{ id: string }>('SELECT id FROM vocabulary WHERE name = $1', [name]);
    const made =
      here ??
      ((await run(site, 'vocabulary_create', {
        name,
        tags: (tags as Json[]).map((tag) => ({ name: tag['name'] })),
      })) as { id: string });
    ids.set(String(id), made.id);
  }
  return ids;
}

/** What the token may not see is left out. */
async function orNothing<Result>(ask: () => Promise<Result[]>): Promise<Result[]> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RemoteError && (error.status === 403 || error.status === 401)) return [];
    throw error;
  }
}

/** Files of these datasets that are not here yet, one after the other, streamed. */
async function copyFiles(
  site: Site,
  remote: RemoteCkan,
  datasets: readonly Json[],
  { user }: CopyOptions,
  report: CopyReport,
): Promise<void> {
  const addresses = new Map(
    datasets
      .flatMap(({ resources }) => (resources ?? []) as Json[])
      .filter(({ url_type: type }) => type === 'upload')
      .map(({ id, url }) => [String(id), String(url)]),
  );
  for (const id of await unattachedUploads(site.db, [...addresses.keys()])) {
    const address = addresses.get(id)!;
    const response = URL.canParse(address) ? await remote.download(address) : undefined;
    if (!response) report.files.missing++;
    else {
      await attachFile(site, user, id, fileNameOf(address), response.body);
      report.files.copied++;
    }
  }
}

/** Holds what was written against what the remote said. */
async function verify(site: Site, objects: readonly Json[], { verified }: CopyReport): Promise<void> {
  for (const object of objects) {
    const found = await shown(site, object['id']);
    if (!found) {
      verified.missing.push(object['name']);
      continue;
    }
    const paths = differences(withoutAddresses(object), withoutAddresses(found));
    if (paths.length === 0) verified.equal++;
    else verified.different.push({ name: object['name'], paths });
  }
}

/** Addresses of uploaded files are each portal's own. */
function withoutAddresses(dataset: Json): Json {
  const resources = ((dataset['resources'] ?? []) as Json[]).map((resource) =>
    resource['url_type'] === 'upload'
      ? { ...resource, url: fileNameOf(String(resource['url'])), last_modified: undefined }
      : resource,
  );
  return { ...dataset, resources };
}

async function shown(site: Site, id: unknown): Promise<Json | undefined> {
  try {
    return (await run(site, 'package_show', { id })) as Json;
  } catch (error) {
    if (error instanceof PortolanError && error.code === 'notFound') return undefined;
    throw error;
  }
}

async function run(site: Site, name: string, params: Json): Promise<unknown> {
  const result = await dispatch(site, findAction(name)!, { user: undefined, ignoreAuth: true }, params);
  return JSON.parse(result instanceof JsonText ? result.text : asciiJson(result)) as unknown;
}
