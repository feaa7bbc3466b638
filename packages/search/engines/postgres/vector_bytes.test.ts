import type { Db } from '@portolan/db';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { quoted } from './lexeme.ts';
import { VectorWriter, vectorArray } from './vector_bytes.ts';

let db: Db;
beforeAll(async () => {
  ({ db } = await testDatabase());
});

type Term = [lexeme: string, places: number[]];

const writer = new VectorWriter();
function vectorBytes(terms: readonly Term[]): Buffer {
  writer.begin();
  for (const [lexeme, places] of terms) writer.add(lexeme, places);
  return writer.vector;
}

const asText = (terms: readonly Term[]) =>
  terms
    .map(([lexeme, places]) => {
      const told = places.slice(0, 255).map((place) => Math.min(place + 1, 16_383));
      return told.length === 0 ? quoted(lexeme) : `${quoted(lexeme)}:${told.join(',')}`;
    })
    .join(' ');

it('vectors arrive as PostgreSQL reads them from text', async () => {
  const lexeme = fc
    .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
    .map((text) => text.replaceAll('\0', '').toWellFormed())
    .filter((text) => text !== '');
  const places = fc
    .array(fc.nat(20_000), { maxLength: 300 })
    .map((some) => some.sort((one, other) => one - other));
  const vector = fc.uniqueArray(fc.tuple(lexeme, places), { selector: ([text]) => text, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(fc.array(vector, { minLength: 1, maxLength: 3 }), async (vectors) => {
      const rows = await db.rows<{ same: boolean }>(
        'SELECT tsvectorsend(sent) = tsvectorsend(told::tsvector) AS same FROM unnest($1::tsvector[], $2::text[]) AS v(sent, told)',
        [vectorArray(vectors.map(vectorBytes)), vectors.map(asText)],
      );
      expect(rows).toEqual(vectors.map(() => ({ same: true })));
    }),
    { numRuns: 50 },
  );
});
