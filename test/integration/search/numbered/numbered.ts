import type { Db } from '@portolan/db';
import { buildIndexDocument, effectiveQuery, presentFields, type SearchEngine } from '@portolan/search';
import { beforeAll, describe, expect, it } from 'vitest';
import { corpus, labelsOf, vocabularies } from './corpus.ts';
import { counted, refused } from './counted.table.ts';
import { type Asker, found, lowerCase } from './found.table.ts';
import { boxes, ordered, relevance, suggested } from './ordered.table.ts';

const now = Date.parse('2024-06-15T12:00:00Z');
const documentConfig = { siteId: 'default', extraResourceFields: [], vocabularies, removeDeleted: true, now };
const searchConfig = {
  rowsMax: 1000,
  defaultSort: 'score desc, metadata_modified desc',
  facetsLimit: 50,
  allowedParsers: [],
};
const labels: Record<Asker | 'anyone', string[] | undefined> = {
  anyone: ['public'],
  member: ['public', 'creator-u1', 'member-org-env'],
  sysadmin: undefined,
};
const all = [20, 21, 4, 11, 10, 17, 2, 5, 12, 1, 3, 23, 25, 26, 24, 6, 7, 22, 18, 8, 9, 19];

/** The numbered cases of spec/search 12, as far as an engine answers them, by their numbers. */
export function numberedCases(open: () => Promise<{ engine: SearchEngine; db: Db }>): void {
  let engine: SearchEngine;
  let db: Db;

  beforeAll(async () => {
    ({ engine, db } = await open());
    const documents = corpus.flatMap((one) => buildIndexDocument(one, labelsOf(one), documentConfig) ?? []);
    for (const one of corpus)
      await db.rows('INSERT INTO portolan.dataset_document VALUES ($1, $2, $3, $4)', [
        one.id,
        'form',
        JSON.stringify(one),
        labelsOf(one),
      ]);
    await db.transact((tx) => engine.write(tx, documents));
  });

  type Operators = 'strict' | 'fielded';
  const search = (
    given: Record<string, unknown>,
    { by = 'anyone', operators = 'strict' }: { by?: Asker | 'anyone'; operators?: Operators } = {},
  ) => {
    const config = { ...searchConfig, lowercaseOperators: operators };
    return engine.search(db, effectiveQuery(given, { labels: labels[by] }, config, now));
  };
  const numbersOf = ({ hits }: { hits: { packageId: string }[] }) =>
    hits.map(({ packageId }) => Number(packageId.slice(-2)));
  const byName = { sort: 'name asc', rows: 100 };

  describe.each(Object.entries(found))('%s', (_, cases) => {
    it.each(cases)('%s %j', async (_number, given, wanted, by = 'anyone' as never) => {
      if (wanted === 'error') {
        await expect(async () => search(given, { by })).rejects.toMatchObject({ code: 'search' });
        return;
      }
      const answer = await search({ ...byName, ...given }, { by });
      const numbers = wanted === 'all' ? all : wanted;
      expect(numbersOf(answer)).toEqual(numbers);
      expect(answer.count).toBe(numbers.length);
    });
  });

  describe('the manual’s lower-case operators', () => {
    it.each(lowerCase)('%s %s', async (_, q, strict, fielded) => {
      expect(numbersOf(await search({ ...byName, q }))).toEqual(strict);
      expect(numbersOf(await search({ ...byName, q }, { operators: 'fielded' }))).toEqual(fielded);
    });

    it('D05 and D21 find the same in both ways', async () => {
      for (const [q, numbers] of [
        ['title:flood and title:risk', [1]],
        ['title:flood not title:risk', []],
      ] as const)
        expect(numbersOf(await search({ ...byName, q }, { operators: 'fielded' }))).toEqual(numbers);
    });
  });

  describe('sorting and paging', () => {
    it.each(ordered)('%s %j', async (_, given, numbers) => {
      const answer = await search(given);
      expect(numbersOf(answer)).toEqual(numbers === 'all' ? all : numbers);
      expect(answer.count).toBe(22);
    });
  });

  describe('what is refused', () => {
    it.each(refused)('%s %j', async (_, given, code, told) => {
      await expect(async () => search(given)).rejects.toMatchObject({ code, ...told });
    });
    it('H20 takes ext_foo alone', async () => expect((await search({ ext_foo: 1 })).count).toBe(22));
  });

  describe('facets', () => {
    it.each(counted)('%s %j', async (_, given, facets) => {
      const answer = await search({ rows: 0, ...given });
      const shown = Object.entries(answer.facets).map(([field, values]) => [
        field,
        values.map(({ value, count }) => [value, count]),
      ]);
      expect(shown).toEqual(Object.entries(facets).map(([field, values]) => [field, Object.entries(values)]));
    });
  });

  describe('fields', () => {
    it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
      [
        'J01',
        {
          q: 'name:river-flood-risk',
          fl: 'id,name,metadata_modified,organization,tags,extras_guid,type',
        },
        {
          id: '00000000-0000-4000-8000-000000000001',
          name: 'river-flood-risk',
          metadata_modified: '2024-06-10T09:00:00.123Z',
          organization: 'env-office',
          tags: ['flood', 'rivers'],
          guid: 'env-1',
        },
      ],
      ['J02', { q: 'name:bus-stops', fl: 'name' }, { name: 'bus-stops' }],
      ['J03', { q: 'name:bus-stops', fl: ['name', 'extras_guid'] }, { name: 'bus-stops' }],
    ])('%s %j', async (_, given, item) => {
      const config = { ...searchConfig, lowercaseOperators: 'strict' as const };
      const query = effectiveQuery(given, { labels: ['public'] }, config, now);
      const { hits } = await engine.search(db, query);
      expect(hits.map(({ fields, score }) => presentFields(fields ?? {}, query.fieldList!, score))).toEqual([
        item,
      ]);
    });
  });

  describe('suggestions', () => {
    it.each(suggested)('%s %s', async (_, text, numbers) => {
      const names = (await engine.suggestDatasets(db, { text, limit: 10, labels: ['public'] }))
        .map(({ name }) => name)
        .sort();
      const wanted = corpus.filter((one) => numbers.includes(Number(one.id.slice(-2))));
      expect(names).toEqual(wanted.map(({ name }) => name).sort());
    });
  });

  describe('boxes', () => {
    it.each(boxes)('%s %j', async (_, given, numbers) => {
      expect(numbersOf(await search({ sort: 'score desc', ...given }))).toEqual(numbers);
    });
    it('J20 a box and words', async () => {
      const answer = await search({ ...byName, q: 'flood', ext_bbox: '-3.4,51.3,-3.0,51.7' });
      expect(numbersOf(answer)).toEqual([2, 1]);
    });
  });

  describe('relevance', () => {
    it.each(relevance)('%s %s', async (_, q, scores) => {
      const numbers = numbersOf(await search({ q, rows: 100 }));
      expect([...numbers].sort((a, b) => a - b)).toEqual(
        scores.map(([number]) => number).sort((a, b) => a - b),
      );
      // Scores that lie closer may swap.
      for (const [better, high] of scores)
        for (const [worse, low] of scores)
          if (low < high * 0.95)
            expect(numbers.indexOf(better), `${better} before ${worse}`).toBeLessThan(numbers.indexOf(worse));
    });
  });
}
