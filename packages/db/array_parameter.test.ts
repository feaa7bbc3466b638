import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import { arrayText, textArray } from './array_parameter.ts';
import type { Db } from './database.ts';

let db: Db;
beforeAll(async () => {
  ({ db } = await testDatabase());
});

it('arrays of texts arrive as they are, whatever is in them', async () => {
  const text = fc.string({ unit: 'binary' }).map((some) => some.replaceAll('\0', '').toWellFormed());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(text)), async (texts) => {
      const [row] = await db.rows<{ texts: (string | null)[]; list: string[] }>(
        'SELECT ARRAY(SELECT t FROM unnest($1::text[]) AS t) AS texts, ($2::text[])[1]::text[] AS list',
        [textArray(texts), textArray([arrayText(texts.filter((text) => text !== null))])],
      );
      expect(row).toEqual({ texts, list: texts.filter((text) => text !== null) });
    }),
    { numRuns: 30 },
  );
});
