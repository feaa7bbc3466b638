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

type Caller = Parameters<typeof effectiveQuery>[1];
const open: Caller = { labels: ['public'] };
const sysadmin: Caller = { labels: undefined };

/** Searches that differ in what is remembered of them: counts, facets, scores, order. */
const searches = {
  everything: {},
  'a word': { q: 'sea' },
  'a word in one of several fields': { q: 'tides', defType: 'dismax', qf: 'title tags^2' },
  'whole values': { fq: 'tags:(sea OR tides) license_id:*' },
  'a page of dates': { q: 'metadata_modified:[2024-06-02T00:00:00Z TO *]', sort: 'name desc', rows: '2' },
  'a box': { ext_bbox: '-1,49,1,51' },
};

interface Remembering {
  engine: SearchEngine;
  db: Db;
  /** How many of its answers the engine has given from memory. */
  remembered(): Promise<number>;
}

/** What an engine remembers of its answers is never older than what was written, and nobody else's. */
export function remembersRightly(start: () => Promise<Remembering>): void {
  const documents = datasets.map((one) => buildIndexDocument(one, labelsOf(one), documentConfig)!);
  let engine: SearchEngine;
  let db: Db;
  let remembered: Remembering['remembered'];

  const put = (...which: typeof documents) => db.transact((tx) => engine.write(tx, which));
  beforeAll(async () => {
    ({ engine, db, remembered } = await start());
    await put(...documents);
  });
  const search = async (given: Record<string, string>, caller: Caller = open) => {
    const facets = { 'facet.field': '["tags", "organization", "license_id"]' };
    const query = effectiveQuery({ fl: 'id,score', ...facets, ...given }, caller, searchConfig, now);
    return engine.search(db, query);
  };

  describe.each(Object.entries(searches))('of %s', (_, given: Record<string, string>) => {
    it('an answer is given once more from memory, and is the same', async () => {
      const first = await search(given);
      expect(first.count).toBeGreaterThan(0);
      const before = await remembered();
      expect(await search(given)).toEqual(first);
      // Both what is counted and what is on the page.
      expect((await remembered()) - before).toBe(2);
    });

    it('another page does not have everything counted again', async () => {
      await search(given);
      const before = await remembered();
      const { count, facets } = await search({ ...given, start: '1', rows: '1' });
      const { count: all, facets: allFacets } = await search(given);
      expect([count, facets]).toEqual([all, allFacets]);
      expect((await remembered()) - before).toBeGreaterThanOrEqual(3);
    });
  });

  it('a write, a change and a removal are in count, facets and page of the next answer', async () => {
    const all = () => search({ q: 'sea' });
    const [tides] = documents;
    const before = await all();
    await db.transact((tx) => engine.remove(tx, [tides!.packageId]));
    const without = await all();
    expect(without.count).toBe(before.count - 1);
    expect(without.hits.map(({ packageId }) => packageId)).not.toContain(tides!.packageId);
    const countOf = ({ facets }: typeof before, value: string) =>
      facets['tags']!.find((one) => one.value === value)?.count ?? 0;
    expect(countOf(without, 'sea')).toBe(countOf(before, 'sea') - 1);
    await put({ ...tides!, fields: { ...tides!.fields, tags: ['sea', 'new'] } });
    const again = await all();
    expect(again.count).toBe(before.count);
    expect([countOf(again, 'sea'), countOf(again, 'new')]).toEqual([countOf(before, 'sea'), 1]);
    await put(tides!);
    expect(await all()).toMatchObject({ count: before.count, facets: before.facets });
  });

  it('everybody finds what they wrote in count, facets and page, while others write and ask the same', async () => {
    const [writers, turns] = [4, 12];
    const question = { q: 'title:mark', rows: '100', 'facet.limit': '-1' };
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        const packageId = `00000000-0000-4000-8000-0000000001${writer}0`;
        for (let turn = 1; turn <= turns; turn++) {
          const [mark, before] = [`mark${writer} ${turn}`, `mark${writer} ${turn - 1}`];
          const fields = { ...documents[0]!.fields, id: [packageId], title: [`mark ${mark}`], tags: [mark] };
          const isThere = turn % 4 > 0;
          if (isThere) await put({ ...documents[0]!, packageId, fields });
          else await db.transact((tx) => engine.remove(tx, [packageId]));
          const { count, facets, hits } = await search(question);
          const tags = facets['tags']!.map(({ value }) => value);
          expect([tags.includes(mark), tags.includes(before)]).toEqual([isThere, false]);
          expect(hits.some((hit) => hit.packageId === packageId)).toBe(isThere);
          expect(count).toBeGreaterThanOrEqual(Number(isThere));
        }
      }),
    );
    expect((await search(question)).count).toBe(0);
  });

  it('what one caller may see is not told another', async () => {
    const seen = async (caller: Caller) => {
      const { count, facets, hits } = await search({ include_private: 'true' }, caller);
      return { count, ids: hits.map(({ packageId }) => packageId), facets };
    };
    const all = await seen(sysadmin);
    const few = await seen(open);
    expect(few.count).toBeLessThan(all.count);
    expect(all.ids.length).toBe(all.count);
    expect(await seen(sysadmin)).toEqual(all);
    expect(await seen(open)).toEqual(few);
  });
}
