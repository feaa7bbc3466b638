import type { Db } from '@portolan/db';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { runGather } from '../gather/gather.job.ts';
import { findSource } from '../source/source.repo.ts';
import { addSource, harvestBench, startJob, testRun } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import { type FeedHealth, feedHealth } from './feed_health.ts';

let db: Db;
let listing: Listing;
let source: string;
let sources = 0;

beforeAll(async () => {
  ({ db } = await testDatabase());
});

beforeEach(async () => {
  source = `fed-${sources++}`;
  listing = { records: [], pageSize: 2, complete: true };
  await addSource(db, { id: source, type: 'listed' });
});

const records = (...guids: string[]) => guids.map((guid) => ({ guid: `${source}-${guid}` }));
const health = async (): Promise<FeedHealth> => feedHealth(db, (await findSource(db, source))!);

async function harvest() {
  const bench = harvestBench(db, [listedDriver(listing)]);
  await startJob(bench.site, source);
  await bench.drain();
}

it('names GUIDs that a feed has more than once, in one page and in several', async () => {
  listing.records = records('a', 'a', 'b', 'c', 'a', 'd');
  await harvest();
  expect(await health()).toMatchObject({
    duplicates: [
      { guid: `${source}-a`, position: 2 },
      { guid: `${source}-a`, position: 5 },
    ],
    runs: [{ findings: { duplicates: 2, missing_identifiers: 0, in_other_sources: 0 } }],
  });
});

it('finds them again in a feed that has not changed', async () => {
  listing.records = records('a', 'b', 'a');
  await harvest();
  await harvest();
  expect(await health()).toMatchObject({
    duplicates: [{ guid: `${source}-a`, position: 3 }],
    runs: [{ stats: { 'not modified': 2 } }, {}],
  });
});

it('names records without an identifier by what the feed calls them', async () => {
  listing.records = [...records('a'), { guid: 'stand-in', unidentified: 'Trees' }];
  await harvest();
  expect(await health()).toMatchObject({ missing_identifiers: [{ record: 'Trees', position: 2 }] });
});

it('names records that another active source has too', async () => {
  listing.records = records('a', 'b');
  await harvest();
  const [other, shared] = [source, records('b')];
  source = `fed-${sources++}`;
  await addSource(db, { id: source, type: 'listed' });
  listing.records = [...records('a'), ...shared];
  await harvest();
  expect((await health()).in_other_sources).toEqual([{ guid: `${other}-b`, position: 2, source: other }]);
});

it('counts each once when the listing breaks off in the middle of a page and is taken up again', async () => {
  listing.pageSize = 700;
  const guids = Array.from({ length: 1300 }, (_, at) => String(at === 900 ? 3 : at === 1250 ? 5 : at));
  listing.records = records(...guids);
  const bench = harvestBench(db, [listedDriver(listing)]);
  const job = await startJob(bench.site, source);
  const stopped = new AbortController();
  listing.onGather = (guid) => {
    if (guid !== `${source}-1249`) return;
    stopped.abort();
    stopped.signal.throwIfAborted();
  };
  await expect(runGather(bench.site, testRun('first', stopped.signal), job)).rejects.toThrow();
  expect((await health()).duplicates).toEqual([{ guid: `${source}-3`, position: 901 }]);
  delete listing.onGather;
  await runGather(bench.site, testRun('second'), job);
  expect((await health()).duplicates).toEqual([
    { guid: `${source}-3`, position: 901 },
    { guid: `${source}-5`, position: 1251 },
  ]);
});

it('keeps the first thousand of a kind and counts all', async () => {
  listing.pageSize = 5000;
  listing.records = Array.from({ length: 1202 }, () => records('same')).flat();
  await harvest();
  const { duplicates, runs } = await health();
  expect(duplicates).toHaveLength(100);
  expect(runs[0]?.findings.duplicates).toBe(1201);
  const [kept] = await db.rows(`SELECT count(*) AS n FROM portolan.harvest_feed_finding WHERE job_id = $1`, [
    runs[0]?.job,
  ]);
  expect(kept).toEqual({ n: 1000 });
});
