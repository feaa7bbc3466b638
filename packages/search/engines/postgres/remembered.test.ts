import type { Db } from '@portolan/db';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { buildIndexDocument } from '../../document/build.ts';
import { effectiveQuery } from '../../query/effective_query.ts';
import { postgresEngine } from './engine.ts';

let db: Db;
beforeAll(async () => {
  ({ db } = await testDatabase());
});

const now = Date.parse('2024-06-15T12:00:00Z');
const words = ['tide', 'table', 'park', 'road', 'river'];
const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const word = fc.constantFrom(...words);

const documentArbitrary = fc.record({
  number: fc.nat(40),
  words: fc.array(word, { minLength: 1, maxLength: 6 }),
  tags: fc.uniqueArray(word, { maxLength: 3 }),
  organization: fc.constantFrom('harbour', 'parks'),
  day: fc.integer({ min: 1, max: 28 }),
  place: fc.option(fc.integer({ min: 0, max: 20 })),
  visible: fc.boolean(),
});

function documentOf(one: typeof documentArbitrary extends fc.Arbitrary<infer Value> ? Value : never) {
  const { number, place, day } = one;
  const corner =
    place === null
      ? []
      : [
          [place, place],
          [place + 2, place + 2],
        ];
  const spatial = JSON.stringify({ type: 'MultiPoint', coordinates: corner });
  const dataset = {
    id: idOf(number),
    name: `dataset-${number}`,
    title: [...one.words, `kind${number}`].join(' '),
    notes: [...one.words].reverse().join(' '),
    state: 'active',
    type: 'dataset',
    organization: { name: one.organization },
    owner_org: one.organization,
    tags: one.tags.map((name) => ({ name })),
    extras: corner.length > 0 ? [{ key: 'spatial', value: spatial }] : [],
    metadata_created: `2021-01-${String(day).padStart(2, '0')}T00:00:00`,
    metadata_modified: `2024-02-${String(day).padStart(2, '0')}T00:00:00`,
  };
  const config = {
    siteId: 'default',
    extraResourceFields: [],
    vocabularies: new Map<string, string>(),
    removeDeleted: true,
    now,
  };
  return buildIndexDocument(dataset, [one.visible ? 'public' : 'member-harbour'], config)!;
}

const facets = { 'facet.field': '["organization", "tags", "title"]' };
const searches: Record<string, string>[] = [
  { ...facets },
  { sort: 'name desc', start: '3', rows: '4' },
  { fq: 'organization:parks', ...facets },
  { fq: 'tags:(tide river) -tags:park', sort: 'metadata_modified asc', ...facets },
  { fq: 'metadata_modified:[2024-02-10T00:00:00Z TO *]', ...facets },
  { ext_bbox: '4,4,9,9', ...facets },
  { q: 'tide', ...facets },
  { q: 'tide river', fq: 'title:park', fl: 'name,score', ...facets },
  { q: '"tide table"', ...facets },
  { q: 'title:t* OR title:rived~' },
  { q: 'title:*nd3* OR notes:/.*i[dv]er?/' },
  { q: 'text:[kind2 TO park] OR text:kind1~1' },
  { q: 'text:*e*' },
  { fq: 'notes:road', 'facet.mincount': '0', ...facets },
];

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ search: fc.nat(searches.length - 1), everybody: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ write: fc.array(documentArbitrary, { minLength: 1, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ remove: fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }) }) },
);

const config = {
  rowsMax: 1000,
  defaultSort: 'score desc, metadata_modified desc',
  facetsLimit: 50,
  allowedParsers: [],
  lowercaseOperators: 'fielded' as const,
};

it('a search answers the same from what is remembered as from nothing, whatever was written before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
      const engine = postgresEngine();
      await db.transact((tx) => engine.clear(tx));
      for (const one of steps) {
        if ('write' in one)
          await db.transact((tx) => engine.write(tx, one.write.map(documentOf)).then(() => {}));
        else if ('remove' in one) await db.transact((tx) => engine.remove(tx, one.remove.map(idOf)));
        else {
          const labels = one.everybody ? undefined : ['public'];
          const query = () =>
            effectiveQuery({ fl: 'name', ...searches[one.search] }, { labels }, config, now);
          expect(await engine.search(db, query())).toEqual(await postgresEngine().search(db, query()));
        }
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);
