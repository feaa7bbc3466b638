import { type Action, allActions } from '@portolan/catalogue';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../test/harness/accounts.ts';
import { buildApi } from './app.ts';

let portal: TestSite;
let api: FastifyInstance;
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

/** Any of the declared parameters, with anything in them. */
const paramsOf = ({ parameters }: Action) =>
  fc.record(Object.fromEntries(Object.keys(parameters).map((name) => [name, anything])), {
    requiredKeys: [],
  });

// Settings are the whole site's, and a password that is found may be anybody's: tested where they are declared.
const elsewhere = new Set(['config_option_update']);
const actions = allActions().filter(({ name }) => !elsewhere.has(name));

describe('any parameters whatever', () => {
  it.each(actions.map((action) => [action.name, action] as const))(
    'are no reason for %s to fail',
    async (name, action) => {
      const call = fc.asyncProperty(
        paramsOf(action),
        fc.constantFrom('admin', 'ada'),
        async (params, user) => {
          const answer = await api.inject({
            method: 'POST',
            url: `/api/3/action/${name}`,
            headers: { authorization: tokens[user]!, 'content-type': 'application/json' },
            payload: JSON.stringify(params),
          });
          expect([200, 400, 403, 404, 409]).toContain(answer.statusCode);
          const body = answer.json();
          if (typeof body === 'string') expect(body).toMatch(/^Bad request - /);
          else if (answer.statusCode === 200) expect(body.success).toBe(true);
          else expect([body.success, typeof body.error.__type]).toEqual([false, 'string']);
        },
      );
      await fc.assert(call, { numRuns: 10 });
    },
  );

  it('leave nobody a sysadmin who was none', async () => {
    const rows = await portal.site.db.rows<{ name: string }>(`SELECT name FROM "user" WHERE sysadmin`);
    expect(rows.map(({ name }) => name)).not.toContain('ada');
  });
});
