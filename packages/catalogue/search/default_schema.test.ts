import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { Call } from '../action/call.ts';
import type { DatasetDict } from '../dataset/presenter.ts';
import { validatedDict } from '../tag/validated_dict.ts';
import { inDefaultSchema } from './default_schema.ts';

let test: TestSite;
let dataset: DatasetDict;
const shownOf = async (...datasets: DatasetDict[]) => {
  const call = { sql: test.site.db, site: test.site } as unknown as Call;
  const texts = await inDefaultSchema(
    call,
    datasets.map((one) => JSON.stringify(one)),
  );
  return texts.map((text) => JSON.parse(text) as DatasetDict);
};

beforeAll(async () => {
  test = await testSite();
  await test.must('organization_create', { name: 'office' });
  await test.must('group_create', { name: 'theme', description: 'About' });
  dataset = (await test.must('package_create', {
    name: 'rain',
    owner_org: 'office',
    extras: [{ key: 'level', value: 'high' }],
    groups: [{ name: 'theme' }],
  })) as DatasetDict;
});

it('a dataset in the default schema has extras and groups as their rows are, and itself as text', async () => {
  const [shown] = await shownOf(dataset);
  expect(shown!['extras']).toEqual([
    { id: expect.any(String), package_id: dataset.id, key: 'level', value: 'high', state: 'active' },
  ]);
  expect(shown!['groups']).toEqual([
    {
      ...(dataset['groups'] as object[])[0],
      type: 'group',
      image_url: '',
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}/),
      is_organization: false,
      approval_status: 'approved',
      state: 'active',
      capacity: 'public',
      member_count: 1,
    },
  ]);
  expect(shown!['validated_data_dict']).toBe(validatedDict(dataset));
});

it('a document whose rows have gone is shown as it is', async () => {
  const gone = { ...dataset, id: 'gone' };
  expect(await shownOf(gone, dataset)).toMatchObject([
    { ...gone, extras: [{ key: 'level', value: 'high' }] },
    { id: dataset.id },
  ]);
});
