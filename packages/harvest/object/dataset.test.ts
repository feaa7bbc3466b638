import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { catalogueWriter } from '../catalogue_writer.ts';
import type { DatasetDict } from '../dataset_writer.ts';
import type { Driver } from '../driver.ts';
import { addSource, type Bench, harvestBench, startJob } from '../testing/harvest_bench.ts';

let test: TestSite;
let bench: Bench;
let source: string;
let told: DatasetDict;
let made = 0;

/** A source of one dataset, which a test writes down. */
const driver: Driver = {
  name: 'told',
  title: 'Told',
  description: '',
  reimport: 'changed',
  validateConfig: (text) => text,
  async *gather() {
    yield { guid: source, content: JSON.stringify(told) };
  },
  toDataset: ({ object }) => ({
    identity: 'derived',
    dataset: JSON.parse(object.content ?? '') as DatasetDict,
  }),
};

beforeAll(async () => {
  test = await testSite();
  await test.must('organization_create', { name: 'rivers' });
});
beforeEach(async () => {
  source = `told-${made++}`;
  bench = harvestBench(test.site.db, [driver], { writer: catalogueWriter(test.site) });
  await addSource(test.site.db, { id: source, type: 'told' });
});

async function harvest(more: DatasetDict): Promise<DatasetDict> {
  told = { title: `Data of ${source}`, owner_org: 'rivers', ...more };
  await startJob(bench.site, source);
  await bench.drain();
  const shown = (await test.must('package_show', { id: `data-of-${source}` })) as
    | { text: string }
    | DatasetDict;
  return 'text' in shown ? (JSON.parse(String(shown.text)) as DatasetDict) : shown;
}

describe('a harvested dataset', () => {
  it('keeps the extras that harvests are to leave alone, where it has them', async () => {
    Object.assign(bench.site.config, { harvestKeepExtras: ['steward', 'colour'] });
    await harvest({ extras: [{ key: 'steward', value: 'first' }] });
    const { extras } = await harvest({
      extras: ['steward', 'colour', 'size'].map((key) => ({ key, value: 'second' })),
    });
    const own = extras?.filter(({ key }) => ['steward', 'colour', 'size'].includes(key));
    expect(own?.map(({ key, value }) => `${key} ${String(value)}`).sort()).toEqual([
      'colour second',
      'size second',
      'steward first',
    ]);
  });

  it('stays private when its source says nothing of that', async () => {
    expect((await harvest({ private: true })).private).toBe(true);
    expect(await harvest({ notes: 'changed' })).toMatchObject({ notes: 'changed', private: true });
    expect((await harvest({ private: false })).private).toBe(false);
  });
});
