import { catalogueActions, dispatch, JsonText, type User } from '@portolan/catalogue';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';

type Shown = Record<string, unknown> & { id: string };

let test: TestSite;
let editor: User;
let organization: string;
let made = 0;

beforeAll(async () => {
  test = await testSite();
  editor = await test.account('editor');
  const users = [{ name: 'editor', capacity: 'editor' }];
  ({ id: organization } = (await test.must('organization_create', { name: 'rivers', users })) as Shown);
});

const secret = { api_key: 'not for everybody', force_all: true };

async function create(fields: object = {}): Promise<Shown> {
  const name = `source-${made++}`;
  const url = `http://remote.test/${name}`;
  const config = JSON.stringify(secret);
  const own = { type: 'harvest', source_type: 'ckan', config, ...fields };
  return (await test.must('package_create', { name, url, owner_org: organization, ...own }, editor)) as Shown;
}

async function rowOf(id: string) {
  const [row] = await test.site.db.rows(
    `SELECT url, title, type, config, active, frequency FROM harvest_source WHERE id = $1`,
    [id],
  );
  return row;
}

async function answer(name: string, params: object, caller?: User): Promise<Shown> {
  const given = await test.call(name, caller, { ...params });
  if ('error' in given) throw new Error(JSON.stringify(given));
  return given.result instanceof JsonText ? JSON.parse(given.result.text) : (given.result as Shown);
}

const show = (id: string, caller?: User) => answer('package_show', { id }, caller);
const idle = { job_count: 0, last_job: null, total_datasets: 0 };

describe('a source that is written as a dataset', () => {
  it('has its row from the start', async () => {
    const { id } = await create({ frequency: 'weekly', title: 'Remote' });
    expect(await rowOf(id)).toMatchObject({
      ...{ title: 'Remote', type: 'ckan', active: true, frequency: 'WEEKLY' },
      config: JSON.stringify(secret),
    });
  });

  it('is refused with all that is wrong with it at once', async () => {
    const wrong = { type: 'harvest', name: 'Not a name', frequency: 'sometimes', owner_org: organization };
    expect(await test.call('package_create', editor, wrong)).toMatchObject({
      status: 409,
      error: {
        name: [expect.any(String)],
        url: ['Missing value'],
        source_type: ['Missing value'],
        frequency: ['Frequency sometimes not recognised'],
      },
    });
  });

  it('keeps its row in step with package_patch, and what is not sent', async () => {
    const { id } = await create({ frequency: 'DAILY' });
    const after = await test.must('package_patch', { id, title: 'Other' }, editor);
    expect(after).toMatchObject({ title: 'Other', frequency: 'DAILY', force_all: true, status: idle });
    expect(await rowOf(id)).toMatchObject({
      ...{ title: 'Other', frequency: 'DAILY', active: true },
      config: JSON.stringify(secret),
    });
  });

  it.each(['package_delete', 'bulk_update_delete', 'harvest_source_delete'])(
    'is switched off by %s and starts nothing any more, until it is made active again',
    async (action) => {
      const { id } = await create();
      const job = (await test.must('harvest_job_create', { source_id: id, run: false })) as Shown;
      await test.must(action, action.startsWith('bulk') ? { datasets: [id], org_id: organization } : { id });
      expect(await rowOf(id)).toMatchObject({ active: false });
      expect(await test.must('harvest_job_show', { id: job.id })).toMatchObject({ status: 'Aborted' });
      await test.must('package_patch', { id, state: 'active' }, editor);
      expect(await rowOf(id)).toMatchObject({ active: true });
    },
  );
});

describe('a source that is shown as a dataset', () => {
  it('has its status and its configuration at the top, secrets for its editors alone', async () => {
    const { id } = await create();
    expect(await show(id, editor)).toMatchObject({ ...secret, status: idle, source_type: 'ckan' });
    const open = await show(id);
    expect(open).toMatchObject({ api_key: '********', force_all: true, status: idle });
    expect(JSON.stringify(open)).not.toContain(secret.api_key);
  });

  it('is found by its type, and never by its secrets', async () => {
    const { id } = await create();
    const search = { fq: `+dataset_type:harvest +id:${id}`, 'facet.field': '["source_type"]' };
    const found = await answer('package_search', search);
    expect(found).toMatchObject({ count: 1, facets: { source_type: { ckan: 1 } }, results: [{ id }] });
    expect(JSON.stringify(found)).not.toContain(secret.api_key);
    expect(await answer('package_search', { ...search, q: '"not for everybody"' })).toMatchObject({
      count: 0,
    });
    const activities = await answer('package_activity_list', { id, include_data: true }, editor);
    expect(JSON.stringify(activities)).not.toContain(secret.api_key);
  });

  it('does not pass for another dataset by what its configuration says', async () => {
    const { id: victim } = await create({ title: 'Victim' });
    const config = { id: victim, state: 'deleted', title: 'Told', resources: [{}], status: 1 };
    const { id } = await create({ config: JSON.stringify(config), source_type: 'waf' });
    expect(id).not.toBe(victim);
    expect(await show(id)).toMatchObject({ id, state: 'active', title: 'Told', resources: [], status: idle });
    expect(await show(victim)).toMatchObject({ id: victim, title: 'Victim' });
  });
});

describe('package_show of an ordinary dataset', () => {
  it('reads it in one statement', async () => {
    await test.must('package_create', { name: 'plain', owner_org: organization });
    const { db } = test.site;
    let statements = 0;
    const counting = new Proxy(db, {
      get(target, key) {
        const value = Reflect.get(target, key);
        if (key !== 'rows' && key !== 'prepared') return value;
        return (...parts: unknown[]) => {
          statements++;
          return (value as (...all: unknown[]) => unknown).apply(target, parts);
        };
      },
    });
    const packageShow = catalogueActions.find(({ name }) => name === 'package_show')!;
    await dispatch({ ...test.site, db: counting }, packageShow, { user: test.admin }, { id: 'plain' });
    expect(statements).toBe(1);
  });
});

describe('harvest_jobs_run', () => {
  it('holds no connection while it works', async () => {
    const { id } = await create({ frequency: 'DAILY' });
    const { pool } = test.site.db;
    const calls = Array.from({ length: 20 }, () => test.must('harvest_jobs_run'));
    expect(await Promise.all(calls)).toEqual(calls.map(() => []));
    expect(pool.totalCount).toBe(pool.idleCount);
    expect(await test.must('harvest_job_list', { source_id: id })).toHaveLength(1);
  });

  it('is refused while the gate is closed', async () => {
    const { gate } = test.site;
    Object.assign(gate, { closed: true });
    const refused = await test.call('harvest_jobs_run', test.admin);
    Object.assign(gate, { closed: false });
    expect(refused).toMatchObject({ status: 503 });
  });
});
