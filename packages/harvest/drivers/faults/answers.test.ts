import type { Db } from '@portolan/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { isoRecord } from '../../../../test/harness/iso_record.ts';
import { type RemoteBench, remoteBench } from '../../testing/remote_bench.ts';
import { badAnswers } from './answers.table.ts';
import { type FeedRecord, listingOf, type Page, unguarded } from './feed.ts';
import { feedsOf } from './feeds.table.ts';

const feeds = feedsOf(isoRecord);
let db: Db;
let at: RemoteBench;

beforeAll(async () => {
  ({ db } = await testDatabase());
  at = await remoteBench(db, undefined, {
    maxBytes: 4 * 2 ** 20,
    circuitThreshold: 10_000,
  });
  Object.assign(at.bench.site.config, { harvestMaxRecordSize: 4 });
});
afterAll(() => at.close());

/** What is missing is gone at once, if the listing is believed. */
const megabytes = 200;

describe.each(feeds)('a source of type $type', (feed) => {
  let source: string;
  let guids: string[];
  let version = 0;

  /** On each page a record, and all of them changed since. */
  function records(): FeedRecord[] {
    version++;
    const date = new Date(Date.UTC(2026, 1, version)).toISOString().slice(0, 10);
    return guids.map((guid) => ({ guid, title: `${guid} in version ${version}`, date }));
  }

  const listing = (all: FeedRecord[]) =>
    feed.paged
      ? {
          page: (n: number) => (n <= 2 ? all.slice(2 * (n - 1), n === 1 ? 2 : undefined) : []),
          ...(feed.type === 'ckan' ? {} : { total: () => all.length }),
          next: (n: number) => (n === 1 ? 2 : undefined),
        }
      : listingOf(all);

  const harvest = (place?: string, answer?: (good: string) => Page, impatient = false) => {
    at.remote.pages = feed.serve(listing(records()), (at, good) =>
      answer && at === place ? answer(good) : good,
    );
    return at.harvest(source, { impatient });
  };

  const datasets = () =>
    db.rows<{ guid: string; title: string; text: string }>(
      `SELECT o.guid, p.title, concat(o.content, p.title, p.notes) AS text
       FROM harvest_object o JOIN package p ON p.id = o.package_id AND p.state = 'active'
       WHERE o.harvest_source_id = $1 AND o.current ORDER BY o.guid`,
      [source],
    );

  beforeAll(async () => {
    guids = Array.from({ length: feed.single ? 1 : feed.paged ? 4 : 3 }, () => at.newGuid());
    source = await at.newSource(feed.type, feed.path, unguarded);
    expect((await harvest()).stats).toMatchObject({ added: guids.length, errored: 0 });
  });

  const pages = [
    ...(/csw/.test(feed.type) ? ['capabilities'] : []),
    'page 1',
    ...(feed.paged ? ['page 2'] : []),
  ];
  const isGemini = feed.type.startsWith('gemini');
  const isJson = /json|ckan/.test(feed.type);
  const isFolder = /waf/.test(feed.type);
  const inListing = pages.flatMap((place) =>
    badAnswers
      .filter(({ xml, notFolder, slow }) => {
        if (slow && (isGemini || place !== 'page 1')) return false;
        return !(xml && (isJson || isFolder)) && !(notFolder && isFolder);
      })
      .map((bad) => ({ place, ...bad })),
  );

  it.each(inListing)(
    'that answers $place with $what says so, and loses nothing',
    async ({ place, answer, says, slow }) => {
      const before = await datasets();
      const memory = process.memoryUsage.rss();
      const job = await harvest(place, answer, slow);
      expect(process.memoryUsage.rss() - memory).toBeLessThan(megabytes * 2 ** 20);
      expect(job).toMatchObject({ status: 'Finished', stats: { added: 0, deleted: 0 } });
      const told = [...(job.gatherErrors ?? []), ...job.errors.map(({ message }) => message)].join('\n');
      expect(told).toMatch(says ?? /\w/);
      expect(told).not.toMatch(/System error|root:/);
      if (feed.says) expect(job.gatherErrors).toEqual([expect.stringMatching(feed.says)]);
      const after = await datasets();
      expect(after.map(({ guid }) => guid)).toEqual(before.map(({ guid }) => guid));
      // A folder's other folders are read all the same: their records are documents of their own.
      if (feed.type !== 'waf' || place === 'page 1') expect(after).toEqual(before);
    },
  );

  if (feed.separate)
    it.each(badAnswers.filter(({ slow }) => !(slow && isGemini)))(
      'that answers a record with $what names it, and imports the others',
      async ({ answer, says, slow }) => {
        const [bad = '', ...others] = guids;
        const before = (await datasets()).find(({ guid }) => guid === bad);
        const job = await harvest(bad, answer, slow);
        expect(job).toMatchObject({
          status: 'Finished',
          stats: { updated: others.length, added: 0, deleted: 0 },
        });
        const told = [
          ...(job.gatherErrors ?? []),
          ...job.errors.map(({ guid, message }) => `${guid}: ${message}`),
        ];
        expect(told.join('\n')).toMatch(bad);
        expect(told.join('\n')).toMatch(says ?? /\w/);
        expect(told.join('\n')).not.toMatch(/System error|root:/);
        if (feed.listsGuids) {
          expect(job.gatherErrors).toEqual([]);
          expect(job.errors.map(({ guid }) => guid)).toEqual([bad]);
        }
        expect((await datasets()).find(({ guid }) => guid === bad)).toEqual(before);
      },
    );

  it('that has answered with all of that goes on as if nothing had been', async () => {
    const job = await harvest();
    expect(job).toMatchObject({ stats: { updated: guids.length, deleted: 0, errored: 0 } });
    const all = await datasets();
    expect(all.map(({ title }) => title)).toEqual(all.map(() => expect.stringMatching(` ${version}$`)));
    for (const { text } of all) expect(text).not.toMatch(/root:|hahaha/);
  });
});
