import type { Db } from '@portolan/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { isoRecord } from '../../../../test/harness/iso_record.ts';
import { type RemoteBench, remoteBench } from '../../testing/remote_bench.ts';
import { type FeedRecord, listingOf, type Page } from './feed.ts';
import { feedsOf } from './feeds.table.ts';

const feeds = feedsOf(isoRecord);
let db: Db;
let at: RemoteBench;

beforeAll(async () => {
  ({ db } = await testDatabase());
  at = await remoteBench(db);
});
afterAll(() => at.close());

const utf16 = (text: string, big = false) => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
const calledUtf16 = (text: string) =>
  `<?xml version="1.0" encoding="UTF-16"?>${text.replace(/^<\?xml[^>]*\?>/, '')}`;

/** How a text may be written, and be called written. All that can be told apart is read. */
const ways: { what: string; written(text: string): Page; xml?: true }[] = [
  { what: 'UTF-8 with a mark', written: (text) => Buffer.from(`\ufeff${text}`) },
  { what: 'UTF-16 with a mark', written: (text) => utf16(`\ufeff${text}`) },
  { what: 'UTF-16 the other way round, with a mark', written: (text) => utf16(`\ufeff${text}`, true) },
  {
    what: 'UTF-16 without a mark, called UTF-8',
    written: (text) => ({ headers: { 'content-type': 'text/plain; charset=utf-8' }, body: utf16(text) }),
  },
  { what: 'UTF-16 the other way round, without a mark', written: (text) => utf16(text, true) },
  {
    what: 'UTF-8, called UTF-16 by its header',
    written: (text) => ({ headers: { 'content-type': 'text/plain; charset=utf-16' }, body: text }),
  },
  { what: 'UTF-8, called UTF-16 by itself', written: calledUtf16, xml: true },
  {
    what: 'UTF-8, called what nobody knows',
    written: (text) => `<?xml version="1.0" encoding="klingon"?>${text.replace(/^<\?xml[^>]*\?>/, '')}`,
    xml: true,
  },
  { what: 'Latin 1, and not called anything', written: (text) => Buffer.from(text, 'latin1') },
];

describe.each(feeds)('a source of type $type', (feed) => {
  const isXml = !/json|ckan/.test(feed.type);

  it.each(ways.filter(({ xml }) => isXml || !xml))('that is $what is read', async ({ written }) => {
    const records: FeedRecord[] = Array.from({ length: feed.single ? 1 : 2 }, () => {
      const guid = at.newGuid();
      return { guid, title: `Thé ${guid}` };
    });
    at.remote.pages = feed.serve(listingOf(records), (place, good) => {
      const holdsRecords = feed.separate ? !place.startsWith('page') : place.startsWith('page');
      return holdsRecords || /csw/.test(feed.type) ? written(good) : good;
    });
    const source = await at.newSource(feed.type, feed.path);
    expect(await at.harvest(source)).toMatchObject({
      stats: { added: records.length, errored: 0 },
    });
    const titles = await db.rows<{ title: string }>(
      `SELECT p.title FROM harvest_object o JOIN package p ON p.id = o.package_id
       WHERE o.harvest_source_id = $1 AND o.current`,
      [source],
    );
    expect(titles.map(({ title }) => title).sort()).toEqual(records.map(({ title }) => title).sort());
  });
});
