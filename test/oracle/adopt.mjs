// Fills a real CKAN with a bit of everything, adopts a dump of its database, and compares what both answer, object by
// object. By hand, beside ../shared/oracle/ckan (its env file) and a PostgreSQL server (POSTGRES_URL):
//   source $ORACLE_HOME/env; eval "$(../shared/servers/postgres start)"; node test/oracle/adopt.mjs
import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { claimPort } from '@portolan/embedded/port';

const { CKAN_URL, CKAN_TOKEN, DATABASE_URL: source, POSTGRES_URL: server } = process.env;
if (!CKAN_URL || !CKAN_TOKEN || !source || !server)
  throw new Error('CKAN_URL, CKAN_TOKEN, DATABASE_URL or POSTGRES_URL is missing');
const ini = path.join(process.env.ORACLE_HOME ?? '/tmp/oracle-ckan', 'ckan.ini');
const run = Math.random().toString(36).slice(2, 7);

async function action(url, name, params, token = CKAN_TOKEN) {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: token } : {}) };
  const answer = await fetch(`${url}/api/3/action/${name}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(params),
  });
  const body = await answer.json().catch(() => ({}));
  return { status: answer.status, result: body.result, error: body.error };
}
async function must(name, params, token) {
  const { status, result, error } = await action(CKAN_URL, name, params, token);
  if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(error)}`);
  return result;
}

/** What a portal has after some years. @returns the token of an editor */
async function fill() {
  const n = (name) => `${name}-${run}`;
  await must('organization_create', {
    name: n('ministry'),
    title: 'Ministry',
    extras: [{ key: 'k', value: 'v' }],
  });
  await must('organization_create', { name: n('agency'), groups: [{ name: n('ministry') }] });
  await must('group_create', { name: n('topics') });
  const users = {};
  for (const name of ['ada', 'bob', 'eve'])
    users[name] = await must('user_create', {
      name: n(name),
      email: `${n(name)}@people.test`,
      password: 'long-enough',
      about: 'x',
    });
  await must('organization_member_create', { id: n('agency'), username: n('ada'), role: 'editor' });
  const { token } = await must('api_token_create', { user: n('ada'), name: 'laptop' });
  await must('user_delete', { id: n('eve') });
  const vocabulary = await must('vocabulary_create', {
    name: n('genres'),
    tags: [{ name: 'jazz' }, { name: 'soul' }],
  });
  for (const [at, more] of [
    {},
    { private: true },
    { state: 'draft' },
    {},
    { type: 'dataset', license_id: 'cc-by' },
  ].entries())
    await must('package_create', {
      name: n(`data${at}`),
      title: `Data ${at} – ünïcode`,
      notes: 'a\nb',
      owner_org: n('agency'),
      groups: [{ name: n('topics') }],
      tags: [{ name: 'tea' }, { name: `only ${at}` }],
      extras: [
        { key: 'a', value: '1' },
        { key: 'spatial', value: '{"type":"Point","coordinates":[1,2]}' },
      ],
      resources: [
        { url: `http://x.test/${at}.csv`, format: 'csv', size: 5, custom: 'c' },
        { url: 'http://y.test/z', name: 'Z' },
      ],
      ...more,
    });
  await must('package_patch', {
    id: n('data0'),
    tags: [{ name: 'jazz', vocabulary_id: vocabulary.id }],
    title: 'Changed',
  });
  await must('package_delete', { id: n('data3') });
  await must('follow_dataset', { id: n('data0') }, token);
  await must('package_relationship_create', { subject: n('data0'), object: n('data4'), type: 'depends_on' });
  await must('term_translation_update', { term: n('tea'), term_translation: 'Tee', lang_code: 'de' });
  const shown = await must('package_show', { id: n('data0') });
  await must('resource_view_create', {
    resource_id: shown.resources[0].id,
    title: 'Table',
    view_type: 'text_view',
  });
  return token;
}

/** Written at every request, or made at random by either. */
const volatile = new Set(['last_access', 'last_active']);

const token = await fill();
const name = `adopted_${run}`;
const target = new URL(server);
execFileSync('psql', [server, '-qc', `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`]);
target.pathname = `/${name}`;
const dump = execFileSync('pg_dump', ['-Fc', source], { maxBuffer: 2 ** 30 });
execFileSync('pg_restore', ['--no-owner', '-d', target.href], { input: dump });
const { port } = await claimPort();
const env = {
  ...process.env,
  DATABASE_URL: target.href,
  CKAN_INI: ini,
  CKAN_SITE_URL: CKAN_URL,
  PORT: String(port),
  LOG_LEVEL: 'error',
};
for (const variable of ['REDIS_URL', 'SOLR_URL', 'DATASTORE_URL', 'CKAN_URL', 'CKAN_TOKEN'])
  delete env[variable];
const structure = () =>
  execFileSync('pg_dump', ['-s', '--no-owner', '-n', 'public', target.href], { encoding: 'utf8' }).replace(
    /^\\(un)?restrict.*$/gm,
    '',
  );
const before = structure();
console.log(
  execFileSync(process.execPath, ['bin/portolan.mjs', 'adopt', '--yes'], { env, encoding: 'utf8' }),
);
const api = spawn(process.execPath, ['services/api/start.ts'], { env, stdio: 'inherit' });
try {
  const here = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(`${here}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await compare(here, { sysadmin: CKAN_TOKEN, editor: token, anonymous: undefined });
} finally {
  api.kill('SIGTERM');
  await new Promise((resolve) => api.once('exit', resolve));
}
console.log(
  execFileSync(process.execPath, ['bin/portolan.mjs', 'adopt', '--undo', '--yes'], { env, encoding: 'utf8' }),
);
console.log(structure() === before ? 'structure: as CKAN made it' : 'structure: DIFFERENT after undo');
execFileSync('psql', [server, '-qc', `DROP DATABASE ${name} WITH (FORCE)`]);

async function compare(here, callers) {
  const list = async (action_, params) => (await must(action_, params)) ?? [];
  const datasets = (
    await must('package_search', {
      rows: 1000,
      include_private: true,
      include_drafts: true,
      fq: '+state:(active OR draft)',
    })
  ).results.map(({ id }) => id);
  const organizations = await list('organization_list', {});
  const groups = await list('group_list', {});
  const users = (await list('user_list', {})).map((user) => user.id);
  const calls = [
    ...datasets.flatMap((id) => [
      ['package_show', { id }],
      ['package_activity_list', { id }],
      ['dataset_follower_count', { id }],
    ]),
    ...organizations.flatMap((id) => [
      ['organization_show', { id, include_datasets: true }],
      ['organization_activity_list', { id }],
      ['member_list', { id }],
    ]),
    ...groups.map((id) => ['group_show', { id }]),
    ...users.flatMap((id) => [
      ['user_show', { id, include_num_followers: true }],
      ['user_activity_list', { id }],
      ['api_token_list', { user_id: id }],
    ]),
    ['package_list', {}],
    ['tag_list', {}],
    ['vocabulary_list', {}],
    ['harvest_source_list', {}],
    ['organization_list', { all_fields: true }],
    ['package_search', { q: 'data', sort: 'name asc', rows: 1000, 'facet.field': ['tags', 'organization'] }],
    ['package_search', { fq: 'tags:tea', sort: 'name asc' }],
    ['recently_changed_packages_activity_list', {}],
    ['license_list', {}],
    ['user_list', {}],
  ];
  let equal = 0;
  for (const [who, as] of Object.entries(callers))
    for (const [name_, params] of calls) {
      const [there, ours] = await Promise.all([
        action(CKAN_URL, name_, params, as),
        action(here, name_, params, as),
      ]);
      const differences = [...differ(there, ours, '')];
      if (differences.length === 0) equal++;
      else
        console.log(`${who} ${name_} ${JSON.stringify(params)}\n  ${differences.slice(0, 3).join('\n  ')}`);
    }
  console.log(`${equal} of ${calls.length * Object.keys(callers).length} answers equal`);
}

function* differ(there, ours, at) {
  if (typeof there !== 'object' || typeof ours !== 'object' || there === null || ours === null) {
    if (there !== ours)
      yield `${at}: CKAN ${JSON.stringify(there)?.slice(0, 80)}, here ${JSON.stringify(ours)?.slice(0, 80)}`;
    return;
  }
  for (const key of new Set([...Object.keys(there), ...Object.keys(ours)]))
    if (!volatile.has(key)) yield* differ(there[key], ours[key], `${at}.${key}`);
}
