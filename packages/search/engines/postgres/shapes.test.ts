import type { Db } from '@portolan/db';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { termsOf } from '../../analysis/field_terms.ts';
import { booleanNode } from '../../ast/boolean_node.ts';
import { type PatternPiece, patternNode } from '../../ast/pattern_node.ts';
import { phraseNode } from '../../ast/phrase_node.ts';
import type { QueryNode } from '../../ast/query_node.ts';
import { termRangeNode } from '../../ast/range_node.ts';
import { regularExpressionNode } from '../../ast/regular_expression_node.ts';
import { termNode } from '../../ast/term_node.ts';
import { buildIndexDocument } from '../../document/build.ts';
import { parseExpression } from '../../expression/parse.ts';
import { effectiveQuery } from '../../query/effective_query.ts';
import { type ShapeNode, shapeTest } from '../../vocabulary/shape.ts';
import type { SearchEngine } from '../engine.ts';
import { postgresEngine } from './engine.ts';

const now = Date.parse('2024-06-15T12:00:00Z');
const count = 60;
const config = {
  siteId: 'default',
  extraResourceFields: [],
  vocabularies: new Map<string, string>(),
  removeDeleted: true,
  now,
};
const nameOf = (number: number) => `dataset-${number}`;
/** Some have no title; one has a word that the index holds by its hash. */
function titleOf(number: number): string {
  if (number === 7) return '日'.repeat(200);
  const words = ['tide', 'table', 'édition', 'a1b2', 'zz'].filter((_, place) => (number >> place) & 1);
  return [...words, number % 5 === 0 ? `x${number}` : ''].join(' ').trim();
}
const documents = Array.from({ length: count }, (_, number) => {
  const dataset = {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    name: nameOf(number),
    title: titleOf(number),
    state: 'active',
    type: 'dataset',
  };
  return buildIndexDocument(dataset, ['public'], config)!;
});

let db: Db;
/** They look terms up one by one, and those that nearly all have first. */
const engines: SearchEngine[] = [
  postgresEngine({ timeout: 5000, costs: { most: 10_000, cheap: 10_000 } }),
  postgresEngine({ timeout: 5000, costs: { most: 10_000, cheap: 0 } }),
];
beforeAll(async () => {
  ({ db } = await testDatabase());
  await db.transact((tx) => engines[0]!.write(tx, documents).then(() => {}));
});

const queryFor = (query: ShapeNode) => ({
  ...effectiveQuery(
    { fl: 'name', rows: '100', sort: 'name asc' },
    { labels: undefined },
    {
      rowsMax: 1000,
      defaultSort: 'score desc',
      facetsLimit: 50,
      allowedParsers: [],
      lowercaseOperators: 'fielded',
    },
    now,
  ),
  query,
});

const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'e', 'é', '1', 't', 'z'),
  minLength: 1,
  maxLength: 3,
});
const piece = fc.oneof<fc.Arbitrary<PatternPiece>[]>(
  text.map((one) => ({ text: one })),
  fc.constant({ wild: 'any' }),
  fc.constant({ wild: 'one' }),
);
const bound = fc.option(fc.record({ value: text, inclusive: fc.boolean() }), { nil: undefined });
const expression = fc
  .tuple(fc.constantFrom('.*', '', '[a-t]+'), text, fc.constantFrom('.*', '', '.?', '[^b]*'))
  .map((parts) => parts.join(''));
const shape: fc.Arbitrary<ShapeNode> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(piece, { minLength: 1, maxLength: 4 }).map((some) => patternNode('title', some)),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(bound, bound).map(([lower, upper]) => termRangeNode('title', lower, upper)),
  },
  {
    weight: 1,
    arbitrary: expression.map((source) => regularExpressionNode('title', source, parseExpression(source))),
  },
);

const found = async (engine: SearchEngine, node: ShapeNode) =>
  (await engine.search(db, queryFor(node))).hits.map(({ fields }) => fields!['name']![0]).sort();

it('a shape finds the documents with a term of it, however it is looked up', async () => {
  await fc.assert(
    fc.asyncProperty(shape, async (node) => {
      const fits = shapeTest(node);
      const expected = documents
        .filter(({ fields }) => [...(termsOf(fields).get('title')?.positions.keys() ?? [])].some(fits))
        .map(({ fields }) => fields['name']![0])
        .sort();
      for (const engine of engines) expect(await found(engine, node)).toEqual(expected);
    }),
    { numRuns: 80 },
  );
}, 60_000);

it('a shape whose look-ups would take too long is refused, and words are not', async () => {
  const engine = postgresEngine({ timeout: 5000, costs: { most: 0 } });
  await expect(
    found(engine, patternNode('title', [{ wild: 'any' }, { text: 'd' }, { wild: 'any' }])),
  ).rejects.toMatchObject({
    code: 'search',
  });
  const query = { ...queryFor(patternNode('title', [])), query: { kind: 'exists', field: 'title' } as const };
  expect((await engine.search(db, query)).count).toBe(
    documents.filter(({ fields }) => fields['title']).length,
  );
});

it('many words whose look-ups would take too long are refused, and fewer are not', async () => {
  const engine = postgresEngine({ timeout: 5000, costs: { words: 0 } });
  const words = Array.from({ length: 30 }, (_, number) => termNode('title', [`nosuch${number}`]));
  const search = (query: QueryNode) => engine.search(db, { ...queryFor(patternNode('title', [])), query });
  await expect(search(booleanNode({ should: words }))).rejects.toMatchObject({ code: 'search' });
  const phrase = words.map(({ terms }, offset) => ({ offset, terms }));
  await expect(search(phraseNode('title', phrase, 0))).rejects.toMatchObject({ code: 'search' });
  expect((await search(booleanNode({ should: words.slice(1) }))).count).toBe(0);
});
