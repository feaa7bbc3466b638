import type { Db } from '@portolan/db';
import { FetchError, type Fetcher, type RequestOptions } from '@portolan/fetcher';
import { beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import type { Driver } from '../driver.ts';
import { findSource } from '../source/source.repo.ts';
import { addSource, harvestBench, startJob } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import { traceDataset } from '../trace/trace.ts';
import { type PreviewedRecord, previewHarvest } from './preview.ts';

let db: Db;
const listing: Listing = {
  records: [{ guid: 'a', notes: 'one' }, { guid: 'b' }, { guid: 'c' }],
  pageSize: 2,
  complete: true,
};

beforeAll(async () => {
  ({ db } = await testDatabase());
  await addSource(db, { id: 'previewed', type: 'listed' });
});

const everything = () =>
  db.rows(`SELECT (SELECT json_agg(p ORDER BY id) FROM package p) AS packages,
    (SELECT json_agg(o ORDER BY id) FROM harvest_object o) AS objects,
    (SELECT json_agg(j ORDER BY id) FROM harvest_job j) AS jobs,
    (SELECT json_agg(b ORDER BY package_id) FROM portolan.harvest_base b) AS bases`);

async function preview(limit = 100, options: { deadline?: AbortSignal } = {}) {
  const bench = harvestBench(db, [listedDriver(listing)]);
  const source = await findSource(db, 'previewed');
  const running = previewHarvest(bench.site, source!, {
    limit,
    signal: new AbortController().signal,
    ...options,
  });
  const records: PreviewedRecord[] = [];
  for (;;) {
    const next = await running.next();
    if (next.done) return { records, summary: next.value };
    records.push(next.value.record);
  }
}

it('tells what the run then does, field by field, and changes nothing', async () => {
  const bench = harvestBench(db, [listedDriver(listing)]);
  expect((await preview()).summary).toMatchObject({ create: 3, update: 0, delete: 0, complete: true });
  expect(await everything()).toMatchObject([{ packages: [{ id: 'previewed' }], objects: null, jobs: null }]);

  await startJob(bench.site, 'previewed');
  await bench.drain();
  listing.records = [{ guid: 'a', notes: 'two' }, { guid: 'b' }, { guid: 'd', fails: 'driver' }];
  const before = await everything();
  const { records, summary } = await preview();
  expect(await everything()).toEqual(before);
  expect(summary).toEqual({
    create: 0,
    update: 1,
    unchanged: 1,
    delete: 1,
    error: 1,
    gather_errors: [],
    complete: true,
    held: false,
  });
  expect(records).toEqual([
    {
      guid: 'a',
      title: 'a',
      action: 'update',
      reason: 'content changed',
      changes: [{ field: 'notes', before: 'one', after: 'two' }],
      problems: [],
    },
    { guid: 'b', title: 'b', action: 'unchanged', reason: 'same content', changes: [], problems: [] },
    { guid: 'd', title: null, action: 'error', reason: 'No good record', changes: [], problems: [] },
    { guid: 'c', title: 'c', action: 'delete', reason: 'no longer in the source', changes: [], problems: [] },
  ]);
});

it('would delete nothing when it has not seen the end of the listing', async () => {
  expect((await preview(1)).summary).toMatchObject({ complete: false, delete: 0 });
  listing.breaksAt = 2;
  const { summary } = await preview();
  expect(summary).toMatchObject({ complete: false, delete: 0, gather_errors: ['The listing broke off'] });
});

it('ends with what it has when the time is over', async () => {
  const over = new AbortController();
  listing.onMap = (guid) => {
    if (guid === 'b') over.abort();
  };
  delete listing.breaksAt;
  listing.records = ['a', 'b', 'c'].map((guid) => ({ guid, notes: 'once more' }));
  const { records, summary } = await preview(100, { deadline: over.signal });
  delete listing.onMap;
  expect(records.map(({ guid }) => guid)).toContain('a');
  expect(records.map(({ guid }) => guid)).not.toContain('c');
  expect(summary).toMatchObject({ complete: false, delete: 0, gather_errors: [] });
});

it('traces a dataset to its source, and names the first link that does not hold', async () => {
  const [dataset] = await db.rows<{ id: string }>(
    `SELECT package_id AS id FROM harvest_object WHERE guid = 'a' AND current`,
  );
  const traced = await traceDataset(db, dataset!.id);
  expect(traced?.links.slice(0, 3)).toMatchObject([
    { link: 'source record', broken: null, id: 'a', hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { link: 'harvest object', broken: null, reason: 'new in the source' },
    { link: 'dataset', broken: null },
  ]);
  expect(traced?.broken).toBe('index document');
});

it('traces a dataset that was not harvested from itself on', async () => {
  await db.rows(
    `INSERT INTO package (id, name, title, state, type) VALUES ('by-hand', 'by-hand', '', 'active', 'dataset')`,
  );
  const traced = await traceDataset(db, 'by-hand');
  expect(traced?.links.map(({ link }) => link)).toEqual(['dataset', 'index document']);
});

it('has a harvest’s patience with what lists the records', async () => {
  const bench = harvestBench(db, [listedDriver(listing)]);
  const asked: (RequestOptions | undefined)[] = [];
  const read: Fetcher['read'] = async (_url, options) => {
    asked.push(options);
    throw new FetchError('timeout');
  };
  const asking: Driver = {
    ...listedDriver(listing),
    async *gather({ fetcher, readListing }) {
      await readListing('http://remote.test/').catch(() => undefined);
      await fetcher.read('http://remote.test/');
    },
  };
  const site = { ...bench.site, drivers: [asking], fetcher: { ...bench.site.fetcher, read } };
  const running = previewHarvest(site, (await findSource(db, 'previewed'))!, {
    limit: 1,
    signal: new AbortController().signal,
  });
  expect((await running.next()).value).toMatchObject({ gather_errors: ['The connection timed out'] });
  expect(asked).toEqual([{ headersTimeout: 60_000 }, { headersTimeout: 60_000 }]);
});
