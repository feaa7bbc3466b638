import type { JsonText } from '@portolan/catalogue';
import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../test/harness/accounts.ts';
import { catalogueWriter } from './catalogue_writer.ts';
import type { DatasetDict, DatasetWriter, Refusal } from './dataset_writer.ts';

let test: TestSite;
let writer: DatasetWriter;
let owner: string;

beforeAll(async () => {
  test = await testSite({ PORTOLAN_PROFILE: 'datagovuk' });
  writer = catalogueWriter(test.site);
  ({ id: owner } = (await test.must('organization_create', { name: 'office' })) as { id: string });
});

const write = async (dataset: DatasetDict, how: 'create' | 'update' = 'create') => {
  const [outcome] = await test.site.db.transact((tx) => writer[how](tx, [dataset]));
  return outcome as DatasetDict | Refusal;
};
const shown = async (id: string): Promise<Record<string, unknown>> =>
  JSON.parse(((await test.must('package_show', { id })) as JsonText).text);
const sorted = (dataset: DatasetDict | undefined) =>
  Object.fromEntries((dataset?.extras ?? []).map(({ key, value }) => [key, value]));

it('in data.gov.uk’s profile a record’s extras become the fields that clients read, and are extras to the harvester', async () => {
  const id = test.site.runtime.id();
  const extras = [
    { key: 'contact-email', value: 'rain@office.test' },
    { key: 'temporal_coverage-from', value: '["1998"]' },
    { key: 'guid', value: 'g' },
  ];
  await write({ id, name: 'rain', owner_org: owner, extras, 'theme-primary': 'environment' });
  expect(await shown(id)).toMatchObject({
    'theme-primary': 'environment',
    'contact-email': 'rain@office.test',
    'temporal_coverage-from': ['1998'],
    extras: [{ key: 'guid', value: 'g' }],
  });
  const found = await test.site.db.transact((tx) => writer.find(tx, id));
  expect(sorted(found)).toEqual({
    'theme-primary': 'environment',
    'contact-email': 'rain@office.test',
    'temporal_coverage-from': '["1998"]',
    guid: 'g',
  });
  expect(sorted((await write({ ...found, title: 'Rain' }, 'update')) as DatasetDict)).toEqual(sorted(found));
});

it('in data.gov.uk’s profile a record of a theme that there is not is refused', async () => {
  const refused = await write({
    id: test.site.runtime.id(),
    name: 'snow',
    owner_org: owner,
    extras: [{ key: 'theme-primary', value: 'weather' }],
  });
  expect(refused).toMatchObject({
    error: { fields: { 'theme-primary': ['Primary theme weather is not valid'] } },
  });
});
