import type { Db } from '@portolan/db';
import { buildIndexDocument, effectiveQuery, type SearchEngine } from '@portolan/search';
import { beforeAll, describe, expect, it } from 'vitest';
import { datasets, labelsOf } from './datasets.ts';

const now = Date.parse('2024-06-15T12:00:00Z');
const documentConfig = {
  siteId: 'default',
  extraResourceFields: [],
  vocabularies: new Map<string, string>(),
  removeDeleted: true,
  now,
};
const searchConfig = {
  rowsMax: 1000,
  defaultSort: 'score desc, metadata_modified desc',
  facetsLimit: 50,
  allowedParsers: [],
  lowercaseOperators: 'fielded' as const,
};

/** What every search engine answers alike, whatever it is made of. */
export function searchConformance(open: () => Promise<{ engine: SearchEngine; db: Db }>): void {
  let engine: SearchEngine;
  let db: Db;
  const documents = datasets.map((one) => buildIndexDocument(one, labelsOf(one), documentConfig)!);
  const put = async (...which: typeof documents) => db.transact((tx) => engine.write(tx, which));

  beforeAll(async () => {
    ({ engine, db } = await open());
    for (const one of datasets)
      await db.rows('INSERT INTO portolan.dataset_document VALUES ($1, $2, $3, $4)', [
        one.id,
        'form',
        JSON.stringify(one),
        labelsOf(one),
      ]);
    await put(...documents);
  });

  const search = (given: Record<string, unknown>, labels: string[] | undefined = ['public']) =>
    engine.search(db, effectiveQuery(given, { labels }, searchConfig, now));
  const found = async (given: Record<string, unknown>, labels?: string[]) => {
    const { count, hits } = await search({ rows: 100, ...given }, labels);
    const numbers = hits.map(({ packageId }) => Number(packageId.slice(-2)));
    expect(count).toBe(numbers.length);
    return numbers;
  };

  describe('finds', () => {
    it.each<[string, number[]]>([
      ['*:*', [4, 3, 2, 1]],
      ['title:tide', [2, 1]],
      ['title:Tides', [2, 1]],
      ['title:"tide tables"', [1]],
      ['notes:"low harbour"', []],
      ['notes:"low harbour"~4', [1]],
      ['notes:"tides low"~2', [1]],
      ['notes:"tides tides"~2', []],
      ['notes:"tides tides"~3', [1]],
      ['notes:"tides tides"~60', [1]],
      ['notes:"harbour harbour"~60', []],
      ['notes:"harbour harbour"~1', []],
      ['title:tid*', [2, 1]],
      ['title:*ide', [2, 1]],
      ['title:t?de', [2, 1]],
      ['title:tides*', []],
      ['title:/ta?b.*/', [1]],
      ['title:/"tabl"/', [1]],
      ['title:/t[ai].*&~(tide)/', [1]],
      ['title:/t(~(.*d.*))l/', [1]],
      ['tags:/~(@)/', []],
      ['title:/#/', []],
      ['title:/.{10,300}/', [3]],
      ['title:/.{300}/', []],
      ['title:/<0-2147483647>|t.de/', [2, 1]],
      ['title:/1*[^\\s]@{2}[\\d-]{300}r+|t.de/', [2, 1]],
      ['title:tode~1', [2, 1]],
      ['tags:tidse~', [2, 1]],
      ['title:[a TO c]', [3]],
      ['title:[and TO d}', [4, 3]],
      ['name:[cafe TO playgroundz]', [4, 3]],
      ['name:*tide*', [2, 1]],
      ['tags:(tides sea)', [2, 1]],
      ['tags:"Play Areas"', [3]],
      ['tags:play*', []],
      ['tags:Play*', [3]],
      ['theme-primary:environment', [2]],
      ['theme-primary:*and*', [1]],
      ['extras_theme-primary:city', [1]],
      ['theme-primary:["" TO *]', [2, 1]],
      ['-theme-primary:["" TO *]', [4, 3]],
      ['organization:*', [3, 2, 1]],
      ['res_format:CSV', [2, 1]],
      ['url:*', []],
      ['res_url:"https://harbour.example/t.csv"', [1]],
      ['review_date:[2020-12-31T00:00:00Z TO *]', [1]],
      ['review_date:*', [1]],
      ['metadata_modified:[* TO 2024-06-02T09:00:00.123Z]', [2, 1]],
      ['metadata_modified:[* TO 2024-06-02T09:00:00.123Z}', [1]],
      ['metadata_modified:[NOW-12DAYS/DAY TO NOW]', [4, 3]],
      ['title_ngram:aug', [2]],
      ['title:tide and -tags:gauges', [1]],
      ['title:tide AND (-tags:gauges)', []],
      ['nosuch:x', []],
      ['state:draft', []],
      ['site_id:default', [4, 3, 2, 1]],
      ['text:cafe', [4]],
    ])('%s', async (q, numbers) => {
      expect(await found({ q, sort: 'metadata_modified desc' })).toEqual(numbers);
    });

    it.each<[string, number[]]>([
      ['sea', [1, 4, 3]],
      ['tides', [1, 2]],
      ['wi-fi', [2]],
      ['wifi', [2]],
      ['2021', [2]],
      ['swinging', [3]],
      ['tides &', []],
      ['tide-tables', [1, 2]],
      ['csv', []],
      ['-tide', []],
    ])('%s by its words, the best first', async (q, numbers) => expect(await found({ q })).toEqual(numbers));

    it('what the caller’s labels show', async () => {
      expect(await found({ q: 'tags:tides', include_private: true, sort: 'id asc' })).toEqual([1, 2]);
      expect(
        await found({ q: 'tags:tides', include_private: true, sort: 'id asc' }, [
          'public',
          'member-org-harbour',
        ]),
      ).toEqual([1, 2, 5]);
      expect(await found({ fq: '+state:draft' }, ['public', 'member-org-parks'])).toEqual([6]);
      const { count } = await engine.search(
        db,
        effectiveQuery(
          { include_private: true, include_drafts: true },
          { labels: undefined },
          searchConfig,
          now,
        ),
      );
      expect(count).toBe(6);
      expect(await found({ fq: 'dataset_type:harvest' })).toEqual([7]);
    });

    it('extents that overlap a box, the best fit first', async () => {
      expect(await found({ ext_bbox: '1,51,3,53' })).toEqual([3]);
      expect(await found({ ext_bbox: '2,50,3,51' })).toEqual([]);
      expect(await found({ ext_bbox: '361,51,363,53', q: 'swings' })).toEqual([3]);
    });
  });

  describe('orders', () => {
    it.each<[string, number[]]>([
      ['metadata_created asc', [1, 2, 3, 4]],
      ['title_string asc', [4, 2, 3, 1]],
      ['organization asc, name desc', [1, 2, 3, 4]],
      ['organization desc, name asc', [3, 2, 1, 4]],
      ['tags asc, id asc', [3, 2, 1, 4]],
      ['tags desc, id asc', [1, 2, 3, 4]],
      ['review_date desc, id asc', [1, 2, 3, 4]],
      ['nosuch asc, name asc', [4, 3, 2, 1]],
      ['title asc', [4, 2, 3, 1]],
    ])('by %s', async (sort, numbers) => expect(await found({ sort })).toEqual(numbers));

    it('scores what all have alike as often as it is asked', async () => {
      for (let times = 0; times < 2; times++) {
        const { hits } = await search({
          q: 'type:dataset',
          sort: 'score desc, metadata_modified desc',
          fl: 'id,score',
        });
        const scores = hits.map(({ score }) => score);
        expect(new Set(scores).size).toBe(1);
        expect(scores[0]).toBeGreaterThan(0);
      }
      expect(await found({ q: 'type:dataset' })).toEqual([4, 3, 2, 1]);
    });

    it('pages as it orders', async () => {
      const pages = [];
      for (const start of [0, 2, 4])
        pages.push(
          (await search({ rows: 2, start, sort: 'name asc' })).hits.map(({ packageId }) =>
            Number(packageId.slice(-2)),
          ),
        );
      expect(pages).toEqual([[4, 3], [2, 1], []]);
      expect((await search({ rows: 0 })).count).toBe(4);
    });
  });

  describe('counts', () => {
    it('values once a dataset, the most frequent first', async () => {
      const { facets } = await search({
        rows: 0,
        'facet.field': ['res_format', 'tags', 'theme-primary', 'nosuch'],
      });
      expect(facets).toEqual({
        res_format: [
          { value: 'CSV', count: 2 },
          { value: 'KML', count: 1 },
        ],
        tags: [
          { value: 'tides', count: 2 },
          { value: 'Play Areas', count: 1 },
          { value: 'gauges', count: 1 },
          { value: 'sea', count: 1 },
        ],
        'theme-primary': [
          { value: 'environment', count: 1 },
          { value: 'towns-and-cities', count: 1 },
        ],
        nosuch: [],
      });
    });

    it('within limits', async () => {
      const tags = async (given: object) =>
        (await search({ rows: 0, 'facet.field': ['tags'], ...given })).facets['tags']!.map(
          ({ value }) => value,
        );
      expect(await tags({ 'facet.limit': 1 })).toEqual(['tides']);
      expect(await tags({ 'facet.limit': -1 })).toEqual(['Play Areas', 'gauges', 'sea', 'tides']);
      expect(await tags({ 'facet.limit': 0 })).toEqual([]);
      expect(await tags({ 'facet.mincount': 2 })).toEqual(['tides']);
      expect(await tags({ 'facet.mincount': 0, q: 'title:cafe', 'facet.limit': -1 })).toEqual([
        'Play Areas',
        'gauges',
        'sea',
        'tides',
      ]);
      expect((await search({ 'facet.field': ['tags'], facet: 'false' })).facets).toEqual({});
    });

    it('the terms of a text field', async () => {
      const { facets } = await search({
        rows: 0,
        'facet.field': ['extras_theme-primary', 'text'],
        q: 'title:tables',
      });
      expect(facets['extras_theme-primary']!.map(({ value }) => value)).toEqual([
        'and',
        'citi',
        'town',
        'townsandc',
      ]);
      expect(facets['text']!.map(({ value }) => value)).toContain('predict');
    });
  });

  describe('gives', () => {
    it('whole datasets as the text that was stored', async () => {
      const { hits } = await search({ q: 'name:tide-tables' });
      expect(hits[0]!.document).toBe(JSON.stringify(datasets[0]));
    });

    it('fields and scores', async () => {
      const { hits } = await search({ q: 'name:tide-tables', fl: 'name,tags,score' });
      expect(hits[0]!.fields).toMatchObject({ name: ['tide-tables'], tags: ['tides', 'sea'] });
      expect(hits[0]!.score).toBeGreaterThan(0);
    });

    it('suggestions by parts of names and titles', async () => {
      const suggest = async (text: string) =>
        (await engine.suggestDatasets(db, { text, limit: 10, labels: ['public'] }))
          .map(({ name }) => name)
          .sort();
      expect(await suggest('TID')).toEqual(['tide-gauges', 'tide-tables']);
      expect(await suggest('gauges of the')).toEqual(['tide-gauges']);
      expect(await suggest('source')).toEqual(['harbour-source']);
      expect(await suggest('budget')).toEqual([]);
      expect(await suggest('"')).toEqual([]);
    });
  });

  describe('follows', () => {
    it('a document that is written again, and one that is removed', async () => {
      const changed = { ...documents[3]!, fields: { ...documents[3]!.fields, title: ['Tea rooms'] } };
      await put(changed);
      expect(await found({ q: 'title:terraces' })).toEqual([]);
      expect(await found({ q: 'title:tea' })).toEqual([4]);
      await db.transact((tx) => engine.remove(tx, [changed.packageId]));
      expect(await found({})).toEqual([3, 2, 1]);
      await put(documents[3]!);
      expect(await found({ q: 'title:terraces' })).toEqual([4]);
    });

    it('two writers of the same documents at once', async () => {
      await Promise.all([put(...documents), put(...[...documents].reverse()), put(documents[0]!)]);
      expect(await found({})).toEqual([4, 3, 2, 1]);
    });

    it('a document of any size', async () => {
      const words = Array.from({ length: 200_000 }, (_, index) => `w${index}`).join(' ');
      const huge = {
        ...documents[3]!,
        fields: { ...documents[3]!.fields, extras_words: [words], tags: ['x'.repeat(15_000)] },
      };
      await put(huge);
      expect(await found({ q: 'title:terraces' })).toEqual([4]);
      expect(await found({ q: `tags:${'x'.repeat(15_000)}` })).toEqual([4]);
      await put(documents[3]!);
    });
  });
}
