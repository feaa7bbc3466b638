import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { catalogueWriter } from '../catalogue_writer.ts';
import type { Driver } from '../driver.ts';
import { addSource, type Bench, harvestBench, startJob } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';

let test: TestSite;
let bench: Bench;
const listing: Listing = { records: [], pageSize: 10, complete: true };

beforeAll(async () => {
  test = await testSite();
  await test.must('organization_create', { name: 'rivers' });
  const listed = listedDriver(listing);
  const driver: Driver = {
    ...listed,
    async toDataset(context) {
      const mapped = await listed.toDataset(context);
      if (typeof mapped === 'object') mapped.dataset.owner_org = 'rivers';
      return mapped;
    },
  };
  bench = harvestBench(test.site.db, [driver], { writer: catalogueWriter(test.site) });
  for (const id of ['one', 'other']) await addSource(test.site.db, { id, type: 'listed' });
});

const harvest = (source: string, ...guids: string[]) =>
  harvestTitles(source, Object.fromEntries(guids.map((guid) => [guid, 'Rain'])));

async function harvestTitles(
  source: string,
  titles: Record<string, string>,
): Promise<Record<string, string>> {
  listing.records = Object.entries(titles).map(([guid, title]) => ({ guid, title }));
  await startJob(bench.site, source);
  await bench.drain();
  const rows = await test.site.db.rows<{ guid: string; name: string }>(
    `SELECT o.guid, p.name FROM harvest_object o JOIN package p ON p.id = o.package_id
     WHERE o.current AND p.state = 'active'`,
  );
  return Object.fromEntries(rows.map(({ guid, name }) => [guid, name]));
}

it('a record that comes under another GUID has the name that it had; the old one gets another when it comes back', async () => {
  expect(await harvest('one', 'a')).toEqual({ a: 'rain' });
  expect(await harvest('one', 'b')).toEqual({ b: 'rain' });
  expect(await harvest('one', 'b', 'a')).toEqual({ b: 'rain', a: 'rain1' });
});

it('a name that another source’s dataset had stays that one’s', async () => {
  await harvest('one', 'c');
  await harvest('one', 'd');
  const names = await harvest('other', 'z');
  expect(names['d']).toBe('rain');
  expect(names['z']).toMatch(/^rain\d$/);
  await harvest('other');
  expect((await harvest('one', 'd', 'e'))['e']).not.toBe(names['z']);
});

it('a dataset whose new title is another’s has a number, though its old name begins like it', async () => {
  await harvestTitles('one', { f: 'Snow', g: 'Snow of May', h: 'Snow' });
  const names = await harvestTitles('one', { f: 'Snow', g: 'Snow', h: 'Snow ' });
  expect([names['f'], names['g'], names['h']]).toEqual(['snow', 'snow2', 'snow1']);
});
