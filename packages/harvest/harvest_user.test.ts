import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../test/harness/accounts.ts';
import { catalogueWriter } from './catalogue_writer.ts';
import type { Driver } from './driver.ts';
import { addSource, type Bench, harvestBench, startJob } from './testing/harvest_bench.ts';

let test: TestSite;
let bench: Bench;
let source: string;
let sources = 0;

/** A source of one record. */
const driver = (own: Partial<Driver> = {}): Driver => ({
  name: 'one',
  title: 'One',
  description: '',
  reimport: 'changed',
  validateConfig: (text) => text,
  async *gather() {
    yield { guid: `${source}-record`, content: JSON.stringify({ title: source }) };
  },
  toDataset: ({ object }) => ({ identity: 'derived', dataset: JSON.parse(object.content ?? '{}') }),
  ...own,
});

beforeAll(async () => {
  test = await testSite();
  const organization = { name: 'rivers' };
  await test.must('organization_create', organization);
});

beforeEach(async () => {
  source = `settings-${sources++}`;
  await addSource(test.site.db, { id: source, type: 'one' });
  await test.site.db.rows(
    `UPDATE package SET owner_org = (SELECT id FROM "group" WHERE name = 'rivers') WHERE id = $1`,
    [source],
  );
});

async function harvest(own?: Partial<Driver>): Promise<Record<string, unknown>> {
  const { site } = test;
  bench = harvestBench(site.db, [driver(own)], { writer: catalogueWriter(site) });
  const job = await startJob(bench.site, source);
  await bench.drain();
  const [row] = await site.db.rows<Record<string, unknown>>(
    `SELECT u.name AS creator FROM harvest_object o JOIN package p ON p.id = o.package_id
     LEFT JOIN "user" u ON u.id = p.creator_user_id WHERE o.harvest_job_id = $1`,
    [job],
  );
  return row ?? {};
}

describe('who harvested datasets are written as', () => {
  beforeAll(async () => {
    for (const name of ['harvest', 'collector', 'surveyor']) await test.account(name);
    await test.site.db.rows(`UPDATE "user" SET sysadmin = true WHERE name = 'harvest'`);
  });

  it.each([
    ['harvest', {}, {}],
    [
      'collector',
      {},
      { 'ckanext.harvest.user_name': 'collector', 'ckanext.spatial.harvest.user_name': 'surveyor' },
    ],
    ['default', { spatial: true }, { 'ckanext.harvest.user_name': 'collector' }],
    ['surveyor', { spatial: true }, { 'ckanext.spatial.harvest.user_name': 'surveyor' }],
  ] as const)('is %s for a driver with %j and %j', async (creator, own, settings) => {
    test.set(settings);
    expect(await harvest(own)).toMatchObject({ creator });
  });
});
