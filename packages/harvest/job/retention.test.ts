import type { Db } from '@portolan/db';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { addSource, type Bench, harvestBench, startJob } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import { jobChanges } from './changes.ts';
import { forgetOldContents, forgetOldJobs } from './retention.ts';

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

describe('the texts of records that no dataset is made of any more', () => {
  beforeEach(() => db.rows(`DELETE FROM harvest_job`));

  const keep = (harvestKeepContentDays: number) => ({ ...bench.site, config: { harvestKeepContentDays } });
  const texts = async (guid: string) =>
    (
      await db.rows<{ text: boolean }>(
        `SELECT portolan.harvest_content(id) IS NOT NULL AS text FROM harvest_object
         WHERE harvest_source_id = $1 AND guid = $2 ORDER BY gathered`,
        [source, guid],
      )
    ).map(({ text }) => text);
  const reasons = async (job: string | undefined) =>
    (await jobChanges(db, job ?? '', { limit: 10, offset: 0 })).map(({ reason }) => reason);

  it('go after some days, for those that share them too; what the records were like is still told', async () => {
    // `b` changes on the third day, and again on the last.
    const jobs = await harvestDaily([{}, {}, { notes: '1' }, { notes: '1' }, { notes: '2' }]);
    const before = await reasons(jobs[1]);
    expect(await forgetOldContents(keep(2))).toBe(1);
    expect(await texts('a')).toEqual([true, true, true, true, true]);
    expect(await texts('b')).toEqual([false, false, true, true, true]);
    expect(await reasons(jobs[1])).toEqual(before);
    expect(await forgetOldContents(keep(2))).toBe(0);
    now += 30 * day;
    // The newest job keeps its own.
    expect(await forgetOldContents(keep(2))).toBe(1);
    expect(await texts('b')).toEqual([false, false, false, false, true]);
  });

  it('stay for ever when that is wanted', async () => {
    await harvestDaily([{}, { notes: '1' }]);
    now += 1000 * day;
    expect(await forgetOldContents(keep(0))).toBe(0);
    expect(await texts('b')).toEqual([true, true]);
  });

  it('stay while their job is under way', async () => {
    await harvestDaily([{}, { notes: '1' }, { notes: '2' }]);
    now += 30 * day;
    await db.rows(`UPDATE harvest_job SET status = 'Running' WHERE source_id = $1`, [source]);
    expect(await forgetOldContents(keep(7))).toBe(0);
  });

  it('go when they were stored with each job, as CKAN stores them', async () => {
    const jobs = await harvestDaily([{}, {}, {}]);
    await db.rows(
      `WITH own AS (DELETE FROM portolan.harvest_same_content s USING harvest_object o
                    WHERE o.id = s.object_id AND o.harvest_source_id = $1 RETURNING s.object_id)
       UPDATE harvest_object SET content = 'as in CKAN' WHERE id IN (SELECT object_id FROM own)`,
      [source],
    );
    now += 30 * day;
    expect(await forgetOldContents(keep(7))).toBe(2);
    expect(await texts('a')).toEqual([true, false, true]);
    expect(await reasons(jobs[1])).toEqual(['same content', 'same content']);
  });
});
