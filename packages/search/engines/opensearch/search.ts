import type { Client } from '@opensearch-project/opensearch';
import type { Sql } from '@portolan/db';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import type { SearchHits } from '../engine.ts';
import { isScored } from '../is_scored.ts';
import { type Aggregation, facetsOf } from './facets.ts';
import { type Found, readFound } from './page.ts';
import { searchBody } from './search_body.ts';

/** Most documents that are walked past in one step. */
const stride = 50_000;

interface Answer {
  hits: { total: { value: number }; hits: { _id: string; _score: number | null; sort: unknown[] }[] };
  aggregations?: Record<string, Aggregation>;
}

export interface Asked {
  client: Client;
  /** Index or alias. */
  index: string;
  /** Pages that end at this place or before are asked for at once; for others what lies before is walked past. */
  window: number;
}

/** Runs a search on OpenSearch; what is shown of the documents is read from their rows. @throws the client's errors */
export async function searchOpenSearch(asked: Asked, sql: Sql, query: EffectiveQuery): Promise<SearchHits> {
  const body = searchBody(query);
  const isFar = query.start > 0 && query.start + query.rows > asked.window;
  const after = isFar ? await walk(asked, body, query.start) : undefined;
  const { hits, aggregations } = await ask(asked, {
    ...body,
    size: query.rows,
    ...(after ? { search_after: after.key, from: 0 } : { from: query.start }),
    ...(after && !after.key ? { size: 0 } : {}),
  });
  const scored = isScored(query);
  const found: Found[] = hits.hits.map(({ _id, _score }) => ({
    packageId: _id,
    score: scored ? (_score ?? undefined) : undefined,
  }));
  return {
    count: hits.total.value,
    facets: query.facets ? facetsOf(query.facets, aggregations) : {},
    hits: await readFound(sql, found, query),
  };
}

/** The sort key of the document before place `start`; none when there is no such document. */
async function walk(
  asked: Asked,
  { aggs: _, ...body }: Record<string, unknown>,
  start: number,
): Promise<{ key: unknown[] | undefined }> {
  let key: unknown[] | undefined;
  for (let place = 0; place < start; ) {
    const size = Math.min(stride, asked.window, start - place);
    const { hits } = await ask(asked, {
      ...body,
      size,
      track_total_hits: false,
      ...(key ? { search_after: key } : {}),
    });
    if (hits.hits.length < size) return { key: undefined };
    key = hits.hits.at(-1)!.sort;
    place += size;
  }
  return { key };
}

async function ask({ client, index }: Asked, body: Record<string, unknown>): Promise<Answer> {
  const answer = await client.search({ index, body } as never);
  return (answer as unknown as { body: Answer }).body;
}
