import type { Db } from '@portolan/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { isoRecord } from '../../../../test/harness/iso_record.ts';
import { type RemoteBench, remoteBench } from '../../testing/remote_bench.ts';
import { type Feed, type FeedRecord, listingOf, unguarded } from './feed.ts';
import { feedsOf } from './feeds.table.ts';

const feeds = feedsOf(isoRecord);
let db: Db;
let at: RemoteBench;

beforeAll(async () => {
  ({ db } = await testDatabase());
  at = await remoteBench(db);
});
afterAll(() => at.close());

const datasets = (source: string) =>
  db.rows<{ id: string; guid: string; title: string }>(
    `SELECT p.id, o.guid, p.title FROM harvest_object o JOIN package p ON p.id = o.package_id AND p.state = 'active'
     WHERE o.harvest_source_id = $1 AND o.current ORDER BY o.guid`,
    [source],
  );

/** Sources of organisations of their own. */
async function newSource(feed: Feed, organization: string): Promise<string> {
  const source = await at.newSource(feed.type, feed.path, { ...unguarded, of: organization });
  await db.rows(`UPDATE package SET owner_org = $2 WHERE id = $1`, [source, organization]);
  return source;
}

const serve = (feed: Feed, records: FeedRecord[]) => {
  at.remote.pages = feed.serve(listingOf(records));
};

describe.each(feeds)('sources of type $type', (feed) => {
  it('that have one GUID do each other no harm, whichever is harvested, changed or emptied', async () => {
    const shared = { guid: at.newGuid(), title: 'of the first' };
    const [own, other] = [at.newGuid(), at.newGuid()];
    const and = (guid: string): FeedRecord[] => (feed.single ? [] : [{ guid, title: guid }]);
    const [first, second] = [await newSource(feed, 'one'), await newSource(feed, 'another')];
    serve(feed, [shared, ...and(own)]);
    await at.harvest(first);
    const before = await datasets(first);
    expect(before).toHaveLength(feed.single ? 1 : 2);
    serve(feed, [{ ...shared, title: 'of the second', date: '2026-03-03' }, ...and(other)]);
    const job = await at.harvest(second);
    expect(job).toMatchObject({ status: 'Finished', stats: { updated: 0, deleted: 0 } });
    expect(await datasets(first)).toEqual(before);
    if (!feed.single) expect((await datasets(second)).map(({ guid }) => guid).join(' ')).toContain(other);
    // Either it has one of its own, or its report says whose it is.
    const ids = new Set(before.map(({ id }) => id));
    const mine = await datasets(second);
    for (const { id } of mine) expect(ids).not.toContain(id);
    const hasIt = mine.some(({ title }) => title === 'of the second');
    const told = job.errors.map(({ message }) => message).join('\n');
    if (!hasIt) expect(told).toMatch(/already/);
    // The second lists it no more.
    if (!feed.single) {
      serve(feed, and(other));
      await at.harvest(second);
      expect(await datasets(first)).toEqual(before);
    }
    serve(feed, [{ ...shared, title: 'newer', date: '2026-04-04' }, ...and(own)]);
    expect(await at.harvest(first)).toMatchObject({ stats: { deleted: 0, errored: 0 } });
    expect((await datasets(first)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  if (!feed.single)
    it('that have one GUID twice have one dataset of it', async () => {
      const twice = at.newGuid();
      const other = at.newGuid();
      const records = [
        { guid: twice, title: 'first' },
        { guid: twice, title: 'second' },
        { guid: other, title: other },
      ];
      const source = await newSource(feed, 'one');
      serve(feed, records);
      const job = await at.harvest(source);
      expect(job).toMatchObject({ status: 'Finished', stats: { added: 2, deleted: 0 } });
      expect(await datasets(source)).toHaveLength(2);
      const again = await at.harvest(source);
      expect(again).toMatchObject({ stats: { added: 0, deleted: 0 } });
      expect(await datasets(source)).toHaveLength(2);
    });
});
