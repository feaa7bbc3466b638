import { createSysadmin, dispatch, findAction, type Params } from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import { type OpenSite, openSite } from './open.ts';

let opened: OpenSite;
const secret = 'hunter2-of-the-remote';

beforeAll(async () => {
  const { url, db } = await testDatabase();
  const env = { DATABASE_URL: url, SECRET_KEY: 'a-secret-of-the-tests', CKAN_HARVEST_LOG_SCOPE: '0' };
  opened = await openSite({ service: 'test', env, logLevel: 'silent' });
  await createSysadmin(opened.site, { name: 'admin', email: 'admin@site.test' });
  await db.rows(`INSERT INTO "group" (id, name, title, type, is_organization, state, approval_status)
    VALUES ('tea', 'tea', 'Tea', 'organization', true, 'active', 'approved')`);
});
afterAll(() => opened.close());

async function call(name: string, params: Params): Promise<unknown> {
  const [user] = await opened.site.db.rows<{ id: string; name: string }>(
    `SELECT id, name, sysadmin, state, email, fullname FROM "user" WHERE name = 'admin'`,
  );
  return dispatch(opened.site, findAction(name)!, { user: user as never }, params);
}

interface Line {
  content: string;
  level: string;
  created: string;
}

it('tells who did what in the harvester’s log, without the secrets of a source', async () => {
  const source = {
    name: 'feed',
    url: 'https://tea.test/data.json',
    source_type: 'ckan',
    owner_org: 'tea',
    config: JSON.stringify({ api_key: secret }),
  };
  await call('harvest_source_create', source);
  await expect(call('harvest_source_create', { ...source, config: `{"api_key": ${secret}` })).rejects.toThrow(
    PortolanError,
  );
  const told = async (level?: string) =>
    (await call('harvest_log_list', { limit: '50', ...(level ? { level } : {}) })) as Line[];
  await expect.poll(() => told()).toHaveLength(4);
  const lines = await told();
  expect(lines.map(({ content }) => content.replace(/[0-9a-f-]{36}/g, 'ID'))).toEqual([
    'harvest_source_create was refused (by: admin, name: feed, refusal: validation: name, config)',
    'source is refused (source: feed, fields: config)',
    'harvest_source_create (by: admin, name: feed, result: ID)',
    'harvest source is made (source: feed, id: ID)',
  ]);
  expect(JSON.stringify(lines)).not.toContain('hunter2');
  expect((await told('warning')).map(({ level }) => level)).toEqual(['WARNING']);
  expect(lines[0]?.created).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
});

it.each([
  [{ limit: '2' }, 2],
  [{ limit: 'two' }, 4],
  [{ limit: '' }, 4],
  [{ limit: 3, per_page: '1' }, 1],
  [{ limit: 3, per_page: 0 }, 3],
  [{ offset: 3 }, 1],
  [{ offset: 'x' }, 4],
  [{ level: 'info' }, 3],
  [{ level: 'unheard of' }, 0],
])('answers %j', async (params, count) => {
  expect(await call('harvest_log_list', params)).toHaveLength(count);
});
