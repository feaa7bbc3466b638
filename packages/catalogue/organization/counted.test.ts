import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';

let test: TestSite;
const names = async (action: string, params: object) =>
  ((await test.must(action, { ...params })) as { name: string }[]).map(({ name }) => name);

beforeAll(async () => {
  test = await testSite();
  for (const name of ['full', 'emptied', 'bare'])
    await test.must('organization_create', { name, title: `The ${name} office` });
  await test.must('package_create', { name: 'one', owner_org: 'full' });
  await test.must('package_create', { name: 'two', owner_org: 'full' });
  await test.must('package_create', { name: 'three', owner_org: 'emptied' });
  await test.must('package_delete', { id: 'three' });
  await test.site.db.rows(
    `INSERT INTO package (id, name, title, state, type, owner_org)
     SELECT 'h', 'harvest-source', 'H', 'active', 'harvest', id FROM "group" WHERE name = 'full'`,
  );
});

describe('datasets of an organisation', () => {
  it('are counted and shown without the sources of the harvester', async () => {
    expect(await test.must('organization_show', { id: 'full', include_datasets: true })).toMatchObject({
      package_count: 2,
      packages: [{ name: 'two' }, { name: 'one' }],
    });
  });

  it('are shown up to what a search may give', async () => {
    test.set({ 'ckan.search.rows_max': '1' });
    expect(await test.must('organization_show', { id: 'full', include_datasets: true })).toMatchObject({
      package_count: 2,
      packages: [{ name: 'two' }],
    });
    test.set({});
  });

  it('order a list in which those without any active one are missing', async () => {
    expect(await test.must('organization_list', { sort: 'package_count' })).toEqual(['full']);
  });
});

describe('organization_autocomplete', () => {
  it.each([
    [{ q: '  LL of' }, ['full']],
    [{ q: ' ' }, ['full', 'emptied', 'bare']],
    [{ q: 'none' }, []],
  ])('%j suggests %j', async (params, found) => {
    expect((await names('organization_autocomplete', params)).sort()).toEqual(found.sort());
  });
});

describe('user_autocomplete', () => {
  it.each([
    [true, []],
    ['maybe', []],
    ['false', ['admin']],
    [false, ['admin']],
    [undefined, ['admin']],
  ])('with ignore_self %j suggests to the admin %j', async (ignore_self, found) => {
    expect(await names('user_autocomplete', { q: 'adm', ignore_self })).toEqual(found);
  });
});
