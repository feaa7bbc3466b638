import type { Db } from '@portolan/db';
import { PortolanError } from '@portolan/kernel';
import {
  buildIndexDocument,
  type EffectiveQuery,
  effectiveQuery,
  postgresEngine,
  type SearchEngine,
} from '@portolan/search';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { corpus, organizations } from '../../oracle/search_corpus.ts';
import { type SearchRequest, searchRequests } from '../../oracle/search_queries.ts';

const now = Date.parse('2024-06-15T12:00:00Z');
const size = 150;
/** Queries; fewer where they take longer than `patience` milliseconds. */
const queries = 400;
const patience = 25_000;
const searchConfig = {
  rowsMax: 1000,
  defaultSort: 'score desc',
  facetsLimit: 50,
  allowedParsers: ['lucene', 'dismax', 'edismax'],
  lowercaseOperators: 'strict' as const,
};

const datasets = corpus(size, 1).map((one, at) => {
  const organization = organizations.indexOf(one['owner_org'] as string);
  return {
    ...one,
    id: one['id'] as string,
    owner_org: `org-${organization}`,
    organization: { id: `org-${organization}`, name: organizations[organization], title: '' },
    type: 'dataset',
    state: 'active',
    private: false,
    creator_user_id: 'u',
    metadata_created: `2022-${String(1 + (at % 12)).padStart(2, '0')}-28T12:00:00`,
    metadata_modified: `2024-06-${String(1 + (at % 14)).padStart(2, '0')}T09:00:00.123`,
  };
});

const order = fc.constantFrom(
  'score desc',
  'score desc',
  'id asc',
  'title_string desc, id asc',
  'title asc, id desc',
  'metadata_modified desc, name asc',
  'tags desc, id asc',
  'level asc, organization desc, id asc',
  'notes desc, extras_level asc, id asc',
);

interface Answer {
  count: number;
  facets: unknown;
  ids: string[];
  scores: Map<string, number>;
}

const holds = (query: EffectiveQuery, kind: string) =>
  JSON.stringify([query.query, query.filters]).includes(`"kind":"${kind}"`);

/** Whatever is asked, an engine answers as the tables do: the same datasets, order, scores and facets. */
export function agreesWithTables(open: () => Promise<{ engine: SearchEngine; db: Db }>): void {
  let engine: SearchEngine;
  let db: Db;
  const tables = postgresEngine();

  beforeAll(async () => {
    ({ engine, db } = await open());
    const config = {
      siteId: 'default',
      extraResourceFields: [],
      vocabularies: new Map<string, string>(),
      removeDeleted: true,
      now,
    };
    for (const one of datasets)
      await db.rows('INSERT INTO portolan.dataset_document VALUES ($1, $2, $3, $4)', [
        one.id,
        'form',
        JSON.stringify(one),
        ['public'],
      ]);
    await db.transact((tx) =>
      engine.write(
        tx,
        datasets.map((one) => buildIndexDocument(one, ['public'], config)!),
      ),
    );
  });

  const queryOf = (request: SearchRequest, sort: string): EffectiveQuery | undefined => {
    try {
      return effectiveQuery(
        { ...request, sort, start: 0, rows: 1000, fl: 'id,score' },
        { labels: ['public'] },
        searchConfig,
        now,
      );
    } catch (error) {
      expect(error).toBeInstanceOf(PortolanError);
      return undefined;
    }
  };

  const answerOf = async (of: SearchEngine, query: EffectiveQuery): Promise<Answer> => {
    const { count, facets, hits } = await of.search(db, query);
    const scores = new Map(hits.map(({ packageId, score }) => [packageId, score ?? 0]));
    return { count, facets, ids: [...scores.keys()], scores };
  };

  async function compare(request: SearchRequest, sort: string): Promise<void> {
    const query = queryOf(request, sort);
    if (!query) return;
    let expected: Answer;
    let found: Answer;
    try {
      expected = await answerOf(tables, query);
      found = await answerOf(engine, query);
    } catch (error) {
      // Lucene gives up where an expression would make too large an automaton, PostgreSQL where it takes too long.
      expect([error, holds(query, 'regularExpression')]).toEqual([expect.any(PortolanError), true]);
      return;
    }
    expect(found.facets).toEqual(expected.facets);
    expect(found.count).toBe(expected.count);
    if (sort !== 'score desc') expect(found.ids).toEqual(expected.ids);
    else {
      expect([...found.ids].sort()).toEqual([...expected.ids].sort());
      // On the tables a phrase counts once, however often a text has it.
      if (!holds(query, 'phrase')) expectScores(found.scores, expected.scores);
    }
  }

  it('on a box beyond the earth', () => compare({ q: '*:*', ext_bbox: '-1e6,-1e6,1e6,1e6' }, 'id asc'));

  it('on generated queries', { timeout: 3 * patience }, async () => {
    await fc.assert(fc.asyncProperty(searchRequests(1), order, compare), {
      numRuns: queries,
      interruptAfterTimeLimit: patience,
    });
  });
}

function expectScores(found: Map<string, number>, expected: Map<string, number>): void {
  // Single floats there, added in another order.
  const near = (score: number) => expect.closeTo(score, score > 1 ? 3 - Math.floor(Math.log10(score)) : 4);
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries([...expected].map(([id, score]) => [id, near(score)])),
  );
}
