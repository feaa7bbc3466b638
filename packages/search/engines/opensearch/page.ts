import type { Sql } from '@portolan/db';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import type { SearchHit } from '../engine.ts';
import { hitsOf, readPage } from '../page_rows.ts';

/** What was found, in its order. */
export interface Found {
  /** Of the document, see `portolan.search_document`. */
  number: number;
  score: number | undefined;
}

/** What is shown of what was found, in one statement. What has gone since, and what has no dataset, is left out. */
export async function readFound(
  sql: Sql,
  found: Found[],
  query: Pick<EffectiveQuery, 'fieldList'>,
): Promise<SearchHit[]> {
  const rows = await readPage(
    sql,
    found.map(({ number }) => number),
    query,
  );
  return found.flatMap(({ number, score }) => {
    const row = rows.get(number);
    return row ? hitsOf(row, score, query) : [];
  });
}
