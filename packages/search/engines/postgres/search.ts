import type { Sql } from '@portolan/db';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import type { SearchHit, SearchHits } from '../engine.ts';
import { readFacets } from './facet.ts';
import { expandFuzzy } from './fuzzy_expansion.ts';
import { searchStatement } from './statement.ts';

interface Row {
  kind: 'count' | 'facet' | 'hit';
  name: string;
  value: string;
  amount: number;
  document: string | null;
  fields: Record<string, string[]> | null;
  score: number | null;
}

export async function search(sql: Sql, query: EffectiveQuery): Promise<SearchHits> {
  const expansions = await expandFuzzy(sql, [query.query, ...query.filters]);
  const { text, values, facets } = searchStatement(query, expansions);
  const rows = await sql.rows<Row>(text, values);
  const of = (kind: Row['kind']) => rows.filter((row) => row.kind === kind);
  return {
    count: of('count')[0]?.amount ?? 0,
    facets: query.facets ? facetsOf(query, facets, of('facet')) : {},
    hits: of('hit').map(hitOf),
  };
}

function facetsOf({ facets }: EffectiveQuery, counted: Parameters<typeof readFacets>[0], rows: Row[]) {
  if (!facets) return {};
  if (facets.limit === 0) return Object.fromEntries(facets.fields.map((field) => [field, []]));
  return readFacets(counted, facets, rows);
}

const hitOf = (row: Row): SearchHit => ({
  packageId: row.name,
  document: row.document ?? undefined,
  fields: row.fields ?? undefined,
  score: row.score ?? undefined,
});
