import type { Db } from '@portolan/db';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { buildIndexDocument } from '../../document/build.ts';
import { effectiveQuery } from '../../query/effective_query.ts';
import type { SearchEngine } from '../engine.ts';
import { postgresEngine } from './engine.ts';
import { pairedLexeme, pairLexeme } from './word_pairs.ts';

const words = ['tide', 'park', 'road', 'lake', 'hill'];
const documents = fc.sample(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 9 }), {
  seed: 7,
  numRuns: 300,
});
const now = Date.parse('2024-06-15T12:00:00Z');
const config = {
  rowsMax: 1000,
  defaultSort: 'score desc',
  facetsLimit: 50,
  allowedParsers: [],
  lowercaseOperators: 'strict' as const,
};
const document = {
  siteId: 'default',
  extraResourceFields: [],
  vocabularies: new Map<string, string>(),
  removeDeleted: true,
  now,
};
const datasetOf = (number: number, title: string) => ({
  id: String(number),
  name: `dataset-${number}`,
  title,
  state: 'active',
  type: 'dataset',
  tags: [],
  extras: [{ key: 'more', value: `of ${title}` }],
  metadata_created: '2021-01-01T00:00:00',
  metadata_modified: '2024-02-01T00:00:00',
});

let db: Db;
let engine: SearchEngine;
beforeAll(async () => {
  ({ db } = await testDatabase());
  engine = postgresEngine();
  await db.transact((tx) =>
    engine.write(
      tx,
      documents.map(
        (title, number) => buildIndexDocument(datasetOf(number, title.join(' ')), ['public'], document)!,
      ),
    ),
  );
  // As an earlier version has written them.
  await db.rows(
    `UPDATE portolan.search_posting SET terms = ts_filter(terms, '{a,b,c,d}') || (
       SELECT array_to_tsvector(array_agg(lexeme)) FROM unnest(terms) WHERE positions IS NULL AND lexeme NOT LIKE $1 || '%')
     WHERE number % 3 = 0`,
    [pairedLexeme],
  );
});

const found = async (q: string): Promise<number[]> => {
  const { hits } = await engine.search(
    db,
    effectiveQuery({ q, rows: 1000, fl: 'id' }, { labels: ['public'] }, config, now),
  );
  return hits.map(({ packageId }) => Number(packageId)).sort((a, b) => a - b);
};

it.each(['title', 'text', 'extras_more'])('a phrase is found where it stands in %s', async (field) => {
  for (const first of words)
    for (const second of words)
      for (const phrase of [`${first} ${second}`, `${first} ${second} ${first}`])
        expect(await found(`${field}:"${phrase}"`), phrase).toEqual(
          [...documents.keys()].filter((number) => documents[number]!.join(' ').includes(phrase)),
        );
});

it('a sloppy phrase is found where its words stand near', async () => {
  const near = (title: string[]) =>
    title.some((word, at) => word === 'tide' && [title[at + 1], title[at + 2]].includes('park'));
  expect(await found('title:"tide park"~1')).toEqual(
    [...documents.keys()].filter((number) => near(documents[number]!)),
  );
});

it('most pairs have a lexeme of their own', () => {
  const some = Array.from({ length: 300 }, (_, at) => pairLexeme(`word${at}`, `other${at}`));
  expect(new Set(some).size).toBeGreaterThan(295);
});
