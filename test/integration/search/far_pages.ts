import type { Db } from '@portolan/db';
import { buildIndexDocument, effectiveQuery, type SearchEngine } from '@portolan/search';
import { beforeAll, describe, expect, it } from 'vitest';

const now = Date.parse('2024-06-15T12:00:00Z');
const size = 57;
/** Beyond the fourth page nothing fits into the window that the engine under test is given. */
export const smallWindow = 20;
const rows = 5;

const words = ['tide', 'rain', 'wind'];
const datasets = Array.from({ length: size }, (_, number) => ({
  id: `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  name: `dataset-${number}`,
  // Few lengths and words, so that many score alike.
  title: Array.from({ length: 1 + (number % 4) }, (_, at) => words[(number + at) % 3]).join(' '),
  type: 'dataset',
  state: 'active',
  private: false,
  creator_user_id: 'u',
  metadata_created: '2021-01-01T00:00:00',
  metadata_modified: `2024-06-0${1 + (number % 3)}T09:00:00`,
  license_id: number % 2 ? 'cc-by' : '',
  extras: number % 5 ? [{ key: 'theme', value: `theme-${number % 5}` }] : [],
}));

/** Every page of a search, however far, holds what the whole answer has there. */
export function farPages(open: () => Promise<{ engine: SearchEngine; db: Db }>): void {
  let engine: SearchEngine;
  let db: Db;
  const config = {
    siteId: 'default',
    extraResourceFields: [],
    vocabularies: new Map<string, string>(),
    removeDeleted: true,
    now,
  };
  const documents = datasets.map((one) => buildIndexDocument(one, ['public'], config)!);

  beforeAll(async () => {
    ({ engine, db } = await open());
    for (const one of datasets)
      await db.rows('INSERT INTO portolan.dataset_document VALUES ($1, $2, $3, $4)', [
        one.id,
        'form',
        JSON.stringify(one),
        ['public'],
      ]);
    await db.transact((tx) => engine.write(tx, documents));
  });

  const page = async (given: Record<string, unknown>) => {
    const query = effectiveQuery(
      given,
      { labels: ['public'] },
      {
        rowsMax: 1000,
        defaultSort: 'score desc, metadata_modified desc',
        facetsLimit: 50,
        allowedParsers: [],
        lowercaseOperators: 'fielded',
      },
      now,
    );
    const { count, hits } = await engine.search(db, query);
    return { count, ids: hits.map(({ packageId }) => packageId) };
  };

  describe('pages far behind the first', () => {
    it.each([
      ['scored', { q: 'tide' }],
      ['scored, many alike', { q: '*:*', sort: 'score desc' }],
      ['scored, worst first', { q: 'rain wind', sort: 'score asc, title asc' }],
      ['by a date', { q: '*:*', sort: 'metadata_modified desc' }],
      ['by a text that some lack', { q: '*:*', sort: 'license_id desc, metadata_modified asc' }],
      ['by an extra that some lack', { q: '*:*', sort: 'theme asc' }],
      ['by a title, turned around', { q: 'title:rain', sort: 'title desc' }],
    ])(
      'hold every dataset once, in the order of the whole: %s',
      async (_what, given: { q: string; sort?: string }) => {
        const passed: string[] = [];
        for (let start = 0; ; start += rows) {
          const { ids } = await page({ ...given, rows, start });
          if (ids.length === 0) break;
          passed.push(...ids);
        }
        const { count, ids } = await page({ ...given, rows: 1000 });
        expect(passed).toEqual(ids);
        expect(new Set(passed).size).toBe(count);
        expect(count).toBeGreaterThan(smallWindow);
      },
    );

    it('are those of now after a removal and a write', async () => {
      const far = { q: '*:*', sort: 'name asc', rows };
      const before = [await page({ ...far, start: 30 }), await page({ ...far, start: 30 })];
      const following = await page({ ...far, start: 31 });
      expect(before[1]).toEqual(before[0]);
      const first = documents.find(({ fields }) => fields['name']![0] === 'dataset-0')!;
      await db.transact((tx) => engine.remove(tx, [first.packageId]));
      expect(await page({ ...far, start: 30 })).toEqual({ count: size - 1, ids: following.ids });
      await db.transact((tx) => engine.write(tx, [first]));
      expect(await page({ ...far, start: 30 })).toEqual(before[0]);
      expect(await page({ ...far, start: 31 })).toEqual(following);
    });

    it('are empty behind the last, with the number of all', async () => {
      expect(await page({ q: '*:*', rows, start: size })).toEqual({ count: size, ids: [] });
      expect(await page({ q: '*:*', rows, start: 100_000 })).toEqual({ count: size, ids: [] });
    });

    it('hold facets and numbers of the whole', async () => {
      const query = { q: '*:*', rows: 0, start: size - 1, 'facet.field': '["license_id"]' };
      expect((await page(query)).count).toBe(size);
    });
  });
}
