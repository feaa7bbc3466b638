import type { Db } from '@portolan/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { isoRecord } from '../../../../test/harness/iso_record.ts';
import { type RemoteBench, remoteBench } from '../../testing/remote_bench.ts';
import { type Feed, type FeedRecord, type Listing, unguarded } from './feed.ts';
import { feedsOf } from './feeds.table.ts';

const feeds = feedsOf(isoRecord);
let db: Db;
let at: RemoteBench;

beforeAll(async () => {
  ({ db } = await testDatabase());
  at = await remoteBench(db);
});
afterAll(() => at.close());

const most = 30;
interface OddPaging {
  what: string;
  /** As it was at first: the pages of a good listing, and how the odd one is made of them. */
  listing(pages: FeedRecord[][], more: () => FeedRecord): Listing;
  /** Drivers that can meet it. */
  types: RegExp;
  /** Records that are lost from sight, and must not be taken for deleted. */
  unseen?: true;
  /** It is read for ever, and left at the bound. */
  endless?: true;
}

const of = (pages: FeedRecord[][], number: number) => pages[number - 1] ?? [];
const count = (pages: FeedRecord[][]) => pages.flat().length;
const counted = /ckan|csw/;

/** Two pages of two records at first. */
const oddities: OddPaging[] = [
  {
    what: 'whose first page names itself as the next',
    listing: (pages) => ({ page: (n) => of(pages, n), total: () => count(pages), next: () => 1 }),
    types: /rdf/,
    unseen: true,
  },
  {
    what: 'whose last page names the first as the next',
    listing: (pages) => ({
      page: (n) => of(pages, n),
      total: () => count(pages),
      next: (n) => (n === 1 ? 2 : 1),
    }),
    types: /rdf|csw/,
  },
  {
    what: 'whose pages never end, the second again and again',
    listing: (pages) => ({
      page: (n) => of(pages, Math.min(n, 2)),
      total: (n) => count(pages) + 1000 * n,
      next: (n) => n + 1,
    }),
    types: /ckan|json|rdf|csw/,
  },
  {
    what: 'whose pages never end, the two in turns',
    listing: (pages) => ({
      page: (n) => of(pages, ((n - 1) % 2) + 1),
      total: (n) => count(pages) + 1000 * n,
      next: (n) => n + 1,
    }),
    types: /ckan|json|rdf|csw/,
  },
  {
    what: 'whose pages never end, the second and another in turns',
    listing: (pages, more) => {
      const third = [more()];
      return {
        page: (n) => (n === 1 ? of(pages, 1) : n % 2 === 0 ? of(pages, 2) : third),
        total: (n) => count(pages) + 1000 * n,
        next: (n) => n + 1,
      };
    },
    types: /ckan|json|rdf|csw/,
  },
  {
    what: 'whose pages never end, each with a new record',
    listing: (pages, more) => ({
      page: (n) => of(pages, n).concat(n > 2 ? [more()] : []),
      total: (n) => 1000 * n,
      next: (n) => n + 1,
    }),
    types: /ckan|json|rdf|csw/,
    endless: true,
  },
  {
    what: 'whose folders never end',
    listing: (pages) => ({ page: (n) => of(pages, n), next: (n) => (n < 40 ? n + 1 : undefined) }),
    types: /^waf/,
  },
  {
    what: 'whose record moves to a page that was read',
    listing: (pages) => ({
      page: (n) => (n === 1 ? of(pages, 1) : of(pages, n).slice(1)),
      total: () => count(pages),
      next: (n) => (n === 1 ? 2 : undefined),
    }),
    types: counted,
    unseen: true,
  },
  {
    what: 'that loses a record of the first page while it is read',
    listing: (pages) => ({
      page: (n) => (n === 1 ? of(pages, 1) : of(pages, n).slice(1)),
      total: (n) => count(pages) - (n === 1 ? 0 : 1),
      next: (n) => (n === 1 ? 2 : undefined),
    }),
    types: /ckan/,
    unseen: true,
  },
];

const cases = (feed: Feed) => oddities.filter(({ types }) => types.test(feed.type));
const paged = feeds.filter((feed) => feed.paged && cases(feed).length > 0);

describe.each(paged)('a source of type $type', (feed) => {
  it.each(cases(feed))('$what comes to an end, and nothing is deleted', async (odd) => {
    const record = (): FeedRecord => {
      const guid = at.newGuid();
      return { guid, title: guid };
    };
    const pages = [
      [record(), record()],
      [record(), record()],
    ];
    const good: Listing = {
      page: (n) => of(pages, n),
      ...(feed.type === 'ckan' ? {} : { total: () => 4 }),
      next: (n) => (n === 1 ? 2 : undefined),
    };
    Object.assign(at.bench.site.config, { harvestMaxRecords: most });
    const source = await at.newSource(feed.type, feed.path, unguarded);
    at.remote.pages = feed.serve(good);
    expect(await at.harvest(source)).toMatchObject({ stats: { added: 4 }, gatherErrors: [] });
    const made = new Map<number, FeedRecord[]>();
    const listing = odd.listing(pages, record);
    // A page has the same records however often it is asked for.
    const page: Listing['page'] = (n) => {
      const known = made.get(n) ?? listing.page(n);
      made.set(n, known);
      return known;
    };
    let asked = 0;
    at.remote.pages = feed.serve({ ...listing, page }, (_place, text) => {
      asked++;
      return text;
    });
    const job = await at.harvest(source);
    expect(job).toMatchObject({ status: 'Finished', stats: { deleted: 0 } });
    expect(asked).toBeLessThan(4 * most);
    const active = await db.rows<{ guid: string }>(
      `SELECT o.guid FROM harvest_object o JOIN package p ON p.id = o.package_id AND p.state = 'active'
       WHERE o.harvest_source_id = $1 AND o.current`,
      [source],
    );
    const there = active.map(({ guid }) => guid).join(' ');
    for (const { guid } of pages.flat()) expect(there).toContain(guid);
    if (odd.unseen) expect(job.gatherErrors).not.toEqual([]);
    if (odd.endless) {
      expect(job.stats).toMatchObject({ added: 0, updated: 0 });
      expect(job.gatherErrors).toEqual([
        `The source lists more than ${most} records (portolan.harvest.max_records)`,
      ]);
    }
  });
});
