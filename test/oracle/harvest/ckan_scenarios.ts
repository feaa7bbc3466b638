import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type RemoteGroup, remoteCkan } from './ckan_server.ts';
import { email as anyEmail, keyword as anyKeyword, date, text, title, url } from './odd.ts';
import type { Documents, Scenarios } from './scenario.ts';

const { constantFrom, array, record, oneof, constant } = fc;

/** An id that is the same for the same words. */
function idOf(...words: unknown[]): string {
  const hex = createHash('md5').update(words.join('/')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const loose = (usual: fc.Arbitrary<unknown>, ...odd: unknown[]) =>
  oneof(
    { weight: 40, arbitrary: usual },
    { weight: 1, arbitrary: constant(undefined) },
    { weight: 1, arbitrary: constantFrom(null, '', ...odd) },
  );

/** Mostly what CKAN takes: a record with anything wrong fails, whatever else it has. */
const mostly = <T>(arbitrary: fc.Arbitrary<T>, good: (one: T) => boolean) =>
  oneof({ weight: 20, arbitrary: arbitrary.filter(good) }, { weight: 1, arbitrary });
const email = mostly(anyEmail, (one) => one === '' || one === 'tea@tea.test');
const keyword = mostly(anyKeyword, (one) => /^[\p{L}\p{N} _.-]{2,100}$/u.test(one));

const resource = record(
  {
    url: loose(url),
    name: loose(text),
    description: text,
    format: loose(constantFrom('CSV', 'csv', 'text/csv', 'Shapefile', 'made up')),
    mimetype: constantFrom('text/csv', null, 'no type'),
    size: mostly(constantFrom<unknown>(12, '12', null, 'big'), (one) => one !== 'big'),
    hash: text,
    position: constantFrom(0, 1, 7),
    url_type: constantFrom('upload', 'datastore', null),
    resource_type: constantFrom('file', 'api', null),
    datastore_active: fc.boolean(),
    revision_id: constant(idOf('revision')),
    state: constantFrom('active', 'deleted'),
    created: constant('2019-01-02T03:04:05.678901'),
    last_modified: mostly(
      constantFrom('2020-01-02T03:04:05', null, 'yesterday', '2020-01-02', '2020-01-02 03:04:05.5+01:00'),
      (one) => one !== 'yesterday',
    ),
    cache_url: constantFrom(null, 'http://cache.test/x'),
    mine: constantFrom('own', 5, null, { a: 1 }, ['b']),
  },
  { requiredKeys: ['url', 'name', 'format'] },
);

const extraValue = oneof(
  { weight: 8, arbitrary: text },
  { weight: 1, arbitrary: constantFrom<unknown>(5, true, null, ['a', 'b'], { a: 1 }, 1.5) },
);
const extras = mostly(
  array(
    record({
      key: mostly(
        constantFrom('guid', 'theme', 'spatial-text', 'contact', 'Übung', 'harvest_source', 'title', ''),
        (one) => one !== 'title' && one !== '',
      ),
      value: extraValue,
    }),
    { maxLength: 4 },
  ),
  (some) => new Set(some.map(({ key }) => key)).size === some.length,
);

const tag = keyword.map((name) => ({
  id: idOf('tag', name),
  name,
  display_name: name,
  state: 'active',
  vocabulary_id: null,
}));

const dataset = record(
  {
    title: loose(title),
    notes: loose(text),
    url: loose(url),
    version: loose(constantFrom('1', '1.2', ' '), 2, 'x'.repeat(101)),
    author: text,
    author_email: email,
    maintainer: text,
    maintainer_email: email,
    license_id: loose(constantFrom('cc-by', 'uk-ogl', 'notspecified', 'unheard-of')),
    license_title: text,
    license_url: url,
    isopen: fc.boolean(),
    private: constantFrom(false, false, false, true),
    // Deleted ones and drafts are not told by a search, and differ: see docs/compatibility.md.
    state: constant('active'),
    type: constantFrom(
      'dataset',
      'dataset',
      'dataset',
      'dataset',
      'dataset',
      'dataset',
      'harvest',
      'showcase',
    ),
    tags: loose(fc.uniqueArray(tag, { maxLength: 3, selector: ({ name }) => name }), []),
    extras: loose(extras, []),
    resources: loose(array(resource, { maxLength: 3 }), []),
    num_tags: constant(3),
    num_resources: constant(3),
    creator_user_id: constant(idOf('creator')),
    revision_id: constant(idOf('revision')),
    metadata_created: constant('2019-01-02T03:04:05.678901'),
    relationships_as_object: constant([]),
    relationships_as_subject: constant([]),
    unheard_of: constantFrom('text', 5, ['a'], { b: 1 }),
    spatial: mostly(
      constantFrom('{"type": "Point", "coordinates": [1, 2]}', 'nowhere', null),
      (one) => one !== 'nowhere',
    ),
    issued: date,
  },
  { requiredKeys: ['title', 'notes', 'private', 'state', 'type', 'tags', 'extras', 'resources'] },
);

type Dataset = typeof dataset extends fc.Arbitrary<infer T> ? T : never;

const one = record({
  said: dataset,
  other: dataset,
  groups: fc.subarray([0, 1, 2]),
  organization: constantFrom(0, 1, 2, undefined),
  name: oneof(
    { weight: 30, arbitrary: constant(undefined) },
    constantFrom<unknown>(null, 'Not a Name', 'x', 'same-name', 'ä'.repeat(3), 'y'.repeat(101)),
  ),
});

const configs: Record<string, unknown>[] = [
  {},
  {
    remote_groups: 'only_local',
    remote_orgs: 'only_local',
    default_tags: [{ name: 'harvested' }, { name: 'tea' }],
  },
  { remote_groups: 'create', remote_orgs: 'create', clean_tags: true },
  {
    clean_tags: true,
    force_all: true,
    default_extras: {
      guid: '{dataset_id}',
      source: '{harvest_source_title} of {harvest_source_url}',
      number: 5,
      empty: '',
      list: ['a'],
    },
  },
  {
    override_extras: true,
    default_extras: { guid: 'mine {harvest_source_id}', theme: 'tea' },
    groups_filter_exclude: ['group-0'],
  },
  { remote_orgs: 'create', organizations_filter_include: ['organization-0', 'organization-1'] },
  {
    remote_groups: 'create',
    organizations_filter_exclude: ['organization-2'],
    default_groups: ['local-group'],
  },
];

/** Groups of a remote; those numbered 0 are here under the same name, too. */
const remotes = (kind: string, seed: number): RemoteGroup[] =>
  [0, 1, 2].map((number) => ({
    id: idOf(kind, number, number === 2 ? seed : ''),
    name: number === 2 ? `${kind}-2-${seed}` : `${kind}-${number}`,
    title: `The ${kind} ${number}`,
    display_name: `The ${kind} ${number}`,
    description: number === 1 ? 'About\nit' : '',
    image_url: number === 1 ? 'http://files.test/logo.png' : '',
    image_display_url: 'http://files.test/logo.png',
    type: kind,
    is_organization: kind === 'organization',
    approval_status: 'approved',
    state: 'active',
    created: '2019-01-02T03:04:05.678901',
    package_count: 5,
    num_followers: 0,
    packages: [],
    users: [{ name: 'somebody', capacity: 'admin' }],
    groups: [],
    tags: [],
    extras: number === 1 ? [{ key: 'phone', value: '5', state: 'active' }] : [],
  }));

const reference = ({ id, name, title }: RemoteGroup, type?: string) => ({
  id,
  name,
  title,
  display_name: title,
  description: '',
  ...(type ? { type, is_organization: true, state: 'active' } : {}),
});

/** A remote CKAN, harvested three times, datasets changed, gone and back. */
export const ckanScenarios: Scenarios = ({ seed, records }) => {
  const path = `/ckan-${seed}`;
  const groups = remotes('group', seed);
  const organizations = remotes('organization', seed);
  const sampled = fc.sample(one, { seed, numRuns: records });
  const made = (run: number): Record<string, unknown>[] =>
    sampled.flatMap((remote, at) => {
      if (run === 1 && at % 5 === 0) return [];
      const isChanged = run === 1 && at % 5 < 3;
      const said: Dataset = isChanged ? remote.other : remote.said;
      const organization = organizations[remote.organization ?? -1];
      const name = remote.name === undefined ? `remote-${seed}-${at}` : remote.name;
      const resources = said.resources;
      return [
        {
          id: idOf('dataset', seed, at),
          name,
          ...said,
          resources: Array.isArray(resources)
            ? resources.map((resource, number) => ({ id: idOf('resource', seed, at, number), ...resource }))
            : resources,
          groups: remote.groups.flatMap((number) => (groups[number] ? [reference(groups[number])] : [])),
          organization: organization ? reference(organization, 'organization') : null,
          owner_org: organization?.id ?? null,
          // What a harvester takes for changed is what is newer than its own dataset.
          metadata_modified:
            isChanged && at % 5 === 1 ? `2098-01-02T03:04:05.${600000 + at}` : '2020-01-02T03:04:05.678901',
        },
      ];
    });
  const all = [0, 1, 2].map(made);
  return [
    {
      name: `ckan-${seed}`,
      type: 'ckan',
      path,
      config: configs[seed % configs.length] as Record<string, unknown>,
      runs: all.map((datasets): Documents => remoteCkan(path, { datasets, groups, organizations })),
      text: JSON.stringify([all, groups, organizations]),
      local: { groups: ['group-0', 'local-group'], organizations: ['organization-0'] },
      anyOrder: true,
    },
  ];
};
