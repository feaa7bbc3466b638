import type { Db } from '@portolan/db';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { addSource, type Bench, harvestBench, startJob } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import { forgetOldJobs } from './retention.ts';

const day = 86_400_000;
let db: Db;
let bench: Bench;
let listing: Listing;
let now: number;
let source: string;
let sources = 0;

beforeAll(async () => {
  ({ db } = await testDatabase());
});

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  source = `kept-${sources++}`;
  listing = { records: [{ guid: 'a' }, { guid: 'b' }], pageSize: 10, complete: true };
  bench = harvestBench(db, [listedDriver(listing)], { now: () => now });
  await addSource(db, { id: source, type: 'listed' });
});

/** Harvests daily; each record's content is what `notes` says for the day. */
async function harvestDaily(days: { notes?: string; breaksAt?: number }[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { notes = '', breaksAt } of days) {
    now += day;
    listing.records = [{ guid: 'a' }, { guid: 'b', notes }];
    delete listing.breaksAt;
    if (breaksAt !== undefined) listing.breaksAt = breaksAt;
    ids.push(await startJob(bench.site, source));
    await bench.drain();
  }
  return ids;
}

async function left(): Promise<Record<string, string[]>> {
  const rows = await db.rows<{ id: string; guids: string[] }>(
    `SELECT j.id, array_remove(array_agg(o.guid ORDER BY o.guid), NULL) AS guids FROM harvest_job j
     LEFT JOIN harvest_object o ON o.harvest_job_id = j.id WHERE j.source_id = $1 GROUP BY j.id`,
    [source],
  );
  return Object.fromEntries(rows.map(({ id, guids }) => [id, guids]));
}

const forget = (harvestKeepJobs: number, harvestKeepDays: number) =>
  forgetOldJobs({ ...bench.site, config: { harvestKeepJobs, harvestKeepDays } });

it('old jobs go, but for the newest and the records that datasets are made of', async () => {
  const [first, , third, last] = await harvestDaily([
    { notes: '1' },
    { notes: '2' },
    { notes: '3' },
    { notes: '3' },
  ]);
  now += day;
  expect(await forget(1, 1)).toBeGreaterThan(0);
  expect(await left()).toEqual({ [first!]: ['a'], [third!]: ['b'], [last!]: ['a', 'b'] });
  const { length } = await db.rows(`SELECT FROM package p JOIN harvest_object o ON o.package_id = p.id
    WHERE o.current AND o.harvest_source_id = '${source}' AND p.state = 'active'`);
  expect(length).toBe(2);
  expect(await forget(1, 1)).toBe(0);
});

it.each([
  ['young', 1, 30],
  ['among the newest', 3, 1],
  ['kept for ever', 1, 0],
])('jobs that are %s stay', async (_, jobs, days) => {
  await harvestDaily([{ notes: '1' }, { notes: '2' }, { notes: '3' }]);
  expect(await forget(jobs, days)).toBe(0);
  expect(Object.keys(await left())).toHaveLength(3);
});

it('the last job without errors stays, however many have failed since', async () => {
  const [, good] = await harvestDaily([{}, {}, { breaksAt: 0 }, { breaksAt: 0 }, { breaksAt: 0 }]);
  await forget(1, 1);
  expect(Object.keys(await left())).toContain(good);
});

it('a job whose deletions are held stays', async () => {
  Object.assign(bench.site.config, { harvestDeleteFloor: 0, harvestDeleteShare: 0 });
  await harvestDaily([{}]);
  now += day;
  listing.records = [];
  const held = await startJob(bench.site, source);
  await bench.drain();
  await harvestDaily([{ breaksAt: 0 }, { breaksAt: 0 }]);
  await forget(1, 1);
  expect(Object.keys(await left())).toContain(held);
});
