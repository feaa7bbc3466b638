import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';

let portal: TestSite;

beforeAll(async () => {
  portal = await testSite();
  await portal.must('organization_create', { name: 'rivers' });
});

const add = (name: string) =>
  portal.must('harvest_source_create', {
    name,
    title: 'Rain',
    url: 'http://rain.test/data.json',
    source_type: 'dcat_json',
    owner_org: 'rivers',
    config: '{}',
  });

it('a source whose dataset is purged leaves its address to another', async () => {
  const { id } = (await add('first')) as { id: string };
  await expect(add('second')).rejects.toThrow();
  await portal.must('harvest_source_delete', { id });
  await expect(add('second')).rejects.toThrow();
  await portal.must('dataset_purge', { id });
  expect(await add('second')).toMatchObject({ url: 'http://rain.test/data.json' });
});
