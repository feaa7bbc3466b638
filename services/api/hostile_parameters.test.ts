import type { AddressInfo } from 'node:net';
import { type Action, allActions } from '@portolan/catalogue';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../test/harness/accounts.ts';
import { type RowVersions, rowVersionsReader } from '../../test/harness/row_versions.ts';
import { hasUsualCall, type UsualCalls, usualCalls } from '../../test/harness/usual_calls.ts';
import { buildApi } from './app.ts';

let portal: TestSite;
let api: FastifyInstance;
let rowVersions: Awaited<ReturnType<typeof rowVersionsReader>>;
const resource = '5f7c0c1e-0000-4000-8000-00000000c5f0';
const tokens: Record<string, string> = {};
beforeAll(async () => {
  portal = await testSite({ CKAN_SITE_URL: 'http://portal.test' });
  api = buildApi({ site: portal.site, queues: async () => [] });
  await portal.account('ada');
  await portal.must('organization_create', { name: 'tea', users: [{ name: 'ada', capacity: 'editor' }] });
  await portal.must('group_create', { name: 'pots' });
  await portal.must('package_create', {
    name: 'leaves',
    owner_org: 'tea',
    tags: [{ name: 'green' }],
    resources: [{ id: resource, url: 'http://tea.test/leaves.csv', format: 'CSV' }],
  });
  for (const user of ['admin', 'ada'])
    tokens[user] = (
      (await portal.must('api_token_create', { user, name: 'test' })) as { token: string }
    ).token;
  // The first use of a token is noted, once in a standing time.
  for (const user of ['admin', 'ada']) await post('status_show', '{}', user);
  // Refusals are noted.
  rowVersions = await rowVersionsReader(portal.site.db, ['portolan.audit_note']);
});

/** A body as it is sent: JSON, in which a name may stand twice. */
const post = (action: string, payload: string, user: string) =>
  api.inject({
    method: 'POST',
    url: `/api/3/action/${action}`,
    headers: { authorization: tokens[user]!, 'content-type': 'application/json' },
    payload,
  });

/** What lets a call come further than its first look-up. */
const plausible = [
  'leaves',
  'tea',
  'pots',
  'ada',
  resource,
  'green',
  'editor',
  'active',
  'http://tea.test/data.json',
  '0',
  [],
  [{ name: 'leaves' }],
  [{ name: 'tea' }],
  { id: 'leaves' },
];

const hostile = [
  null,
  '',
  ' ',
  0,
  -1,
  1e308,
  true,
  false,
  [],
  [[]],
  [null],
  {},
  { '': {} },
  JSON.parse('{"__proto__": {"sysadmin": true}, "constructor": 1}'),
  '__proto__',
  'nul \u0000',
  'half \ud800',
  '\u202e\ufeff',
  "'; DROP TABLE package; --",
  '{{7*7}} %s',
  '../../etc/passwd',
  'x'.repeat(1_000_000),
  '9'.repeat(400),
  Array.from({ length: 10_000 }, (_, number) => ({ name: `tag-${number}` })),
  Array.from({ length: 300 }).reduce((inner: unknown) => [inner], 'deep'),
];

const anything = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...plausible) },
  { weight: 2, arbitrary: fc.constantFrom(...hostile) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

/** A JSON object of any of the declared parameters, with anything in them, and some of them twice. */
const bodyOf = ({ parameters }: Action) => {
  const names = [...Object.keys(parameters), 'undeclared'];
  const member = fc
    .tuple(fc.constantFrom(...names), anything)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return fc
    .array(member, { maxLength: names.length + 2, size: 'max' })
    .map((members) => `{${members.join(', ')}}`);
};

// Settings are the whole site's, and a password that is found may be anybody's: tested where they are declared.
const elsewhere = new Set(['config_option_update']);
const actions = allActions().filter(({ name }) => !elsewhere.has(name));

/** What was there after the last call, as long as nothing has been written since. */
let known: RowVersions | undefined;

/** Makes a call, which may be refused but may neither fail nor, if it is refused, have written anything. */
async function probe(action: string, payload: string, user: string): Promise<boolean> {
  const before = known ?? (await rowVersions());
  known = undefined;
  const answer = await post(action, payload, user);
  const done = answer.statusCode === 200;
  if (!done) {
    expect(await rowVersions()).toEqual(before);
    known = before;
  }
  expect([200, 400, 403, 404, 409]).toContain(answer.statusCode);
  const body = answer.json();
  if (typeof body === 'string') expect(body).toMatch(/^Bad request - /);
  else if (done) expect(body.success).toBe(true);
  else expect([body.success, typeof body.error.__type]).toEqual([false, 'string']);
  return done;
}

it('what is written is seen', async () => {
  const before = await rowVersions();
  expect((await post('package_patch', '{"id": "leaves", "notes": "Dried"}', 'ada')).statusCode).toBe(200);
  const after = await rowVersions();
  const written = Object.keys(after).filter((table) => after[table] !== before[table]);
  expect(written).toEqual(expect.arrayContaining(['public.package', 'public.activity']));
});

it('of two parameters of one name the last counts', async () => {
  const shown = async (payload: string) => (await post('package_show', payload, 'ada')).json();
  expect(await shown('{"id": "nothing", "id": "leaves"}')).toHaveProperty('result.name', 'leaves');
  expect(await shown('{"id": "leaves", "id": "nothing"}')).toHaveProperty('success', false);
  expect(await shown('{"id": "leaves", "id": {"id": 1, "id": 2}}')).toHaveProperty('success', false);
});

describe('any parameters whatever', () => {
  it.each(actions.map((action) => [action.name, action] as const))(
    'are no reason for %s to fail',
    async (name, action) => {
      const call = fc.asyncProperty(
        bodyOf(action),
        fc.constantFrom('admin', 'ada'),
        async (payload, user) => {
          await probe(name, payload, user);
        },
      );
      await fc.assert(call, { numRuns: 5 });
    },
  );
});

describe('one odd parameter among usual ones', () => {
  let usual: UsualCalls;
  beforeAll(async () => {
    await api.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.server.address() as AddressInfo;
    usual = await usualCalls({ url: `http://127.0.0.1:${port}`, token: tokens['admin']! });
    known = undefined;
  });
  afterAll(() => api.close());

  const asked = actions
    .map(({ name, parameters }) => ({ name, names: Object.keys(parameters) }))
    .filter(({ name, names }) => hasUsualCall(name) && names.length > 0);

  it.each(asked)('is no reason for $name to fail', async ({ name, names }) => {
    const odd = fc.asyncProperty(fc.constantFrom(...names), anything, async (parameter, value) => {
      const payload = JSON.stringify({ ...usual.params(name), [parameter]: value });
      if (await probe(name, payload, 'admin')) await usual.renew(name);
    });
    await fc.assert(odd, { numRuns: 3 });
  });
});

it('nobody has become a sysadmin', async () => {
  const rows = await portal.site.db.rows<{ name: string }>(`SELECT name FROM "user" WHERE sysadmin`);
  expect(rows.map(({ name }) => name)).not.toContain('ada');
});
