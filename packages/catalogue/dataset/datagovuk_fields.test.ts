import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { JsonText } from '../action/declaration.ts';
import { catchUpWith } from '../index/catch_up.ts';

type Dict = Record<string, unknown> & { id: string };

let test: TestSite;

const parsed = (result: unknown): Dict =>
  (result instanceof JsonText ? JSON.parse(result.text) : result) as Dict;
const call = async (action: string, params: object): Promise<Dict> =>
  parsed(await test.must(action, { ...params }));
const search = async (params: object) =>
  (await call('package_search', params)) as unknown as { count: number; results: Dict[] };
const storedExtras = async (id: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (
      await test.site.db.rows<{ key: string; value: string }>(
        'SELECT key, value FROM package_extra WHERE package_id = $1 ORDER BY key',
        [id],
      )
    ).map(({ key, value }) => [key, value]),
  );

const fields = {
  'theme-primary': 'environment',
  'licence-custom': 'As you like',
  'contact-name': 'Rain Office',
  'contact-phone': '442079460000',
  'foi-email': '',
};

beforeAll(async () => {
  test = await testSite({ PORTOLAN_PROFILE: 'datagovuk' });
  await test.must('organization_create', { name: 'office', category: '' });
});

it('are shown on top, and stored as extras', async () => {
  const made = await call('package_create', { name: 'rain', owner_org: 'office', ...fields });
  expect(made).toMatchObject({ ...fields, extras: [] });
  expect(await call('package_show', { id: 'rain' })).toMatchObject({ ...fields, extras: [] });
  expect(await storedExtras(made.id)).toEqual(fields);
});

it('stay when what was shown is sent back, when it is patched, and go when they are not sent', async () => {
  const { id } = await call('package_create', {
    name: 'snow',
    owner_org: 'office',
    ...fields,
    extras: [
      { key: 'guid', value: 'g' },
      { key: 'geographic_coverage', value: '["England", "Wales"]' },
      { key: 'unpublished', value: 'false' },
      { key: 'date_released', value: '2012-05' },
      { key: 'precision', value: '1.0' },
    ],
  });
  const stored = await storedExtras(id);
  const shown = await call('package_show', { id });
  expect(shown).toMatchObject({
    ...fields,
    geographic_coverage: ['England', 'Wales'],
    unpublished: false,
    date_released: '2012-05',
    precision: '1.0',
    extras: [{ key: 'guid', value: 'g' }],
  });
  await call('package_update', { ...shown, title: 'Snow' });
  expect(await storedExtras(id)).toEqual(stored);
  await call('package_patch', { id, 'theme-primary': 'health' });
  expect(await storedExtras(id)).toEqual({ ...stored, 'theme-primary': 'health' });
  const { 'theme-primary': _gone, ...rest } = await call('package_show', { id });
  await call('package_update', rest);
  expect(await call('package_show', { id })).not.toHaveProperty('theme-primary');
});

it('are refused where they are wrong, or among the extras', async () => {
  const refused = (params: object) =>
    test.call('package_create', test.admin, { name: 'hail', owner_org: 'office', ...params });
  expect(await refused({ 'theme-primary': 'weather' })).toMatchObject({
    error: { 'theme-primary': ['Primary theme weather is not valid'] },
  });
  expect(await refused({ extras: [{ key: 'contact-name', value: 'x' }] })).toMatchObject({
    error: {
      extras: [
        { key: ['"contact-name" clashes with an existing reserved schema field that has the same name'] },
      ],
    },
  });
});

it('are searched for like the extras that they are, and told on top', async () => {
  const { id } = await call('package_create', { name: 'sleet', owner_org: 'office', ...fields });
  await catchUpWith(test.site, [id]);
  for (const q of [
    'extras_theme-primary:environment',
    'theme-primary:environment',
    'contact-name:"Rain Office"',
  ])
    expect((await search({ q, fq: 'name:sleet' })).count, q).toBe(1);
  expect((await search({ fq: 'name:sleet' })).results[0]).toMatchObject({ ...fields, extras: [] });
  const [plain] = (await search({ fq: 'name:sleet', use_default_schema: true })).results;
  expect(plain).not.toHaveProperty('theme-primary');
  expect(plain?.['extras']).toContainEqual(
    expect.objectContaining({ key: 'theme-primary', value: 'environment', package_id: id }),
  );
});

it('are extras like any other in the plain profile', async () => {
  test.set({ 'portolan.profile': 'ckan' });
  const made = await call('package_create', {
    name: 'frost',
    owner_org: 'office',
    ...fields,
    extras: [{ key: 'theme-primary', value: 'weather' }],
  });
  expect(made['extras']).toEqual([{ key: 'theme-primary', value: 'weather' }]);
  expect(made).not.toHaveProperty('theme-primary');
  test.set({ 'portolan.profile': 'datagovuk' });
});
