import { notFound } from '@portolan/kernel';
import { type Clause, clausesOf, type EffectiveQuery, effectiveQuery, termSetNode } from '@portolan/search';
import type { Params, Site } from '../action/call.ts';
import { findDataset } from '../dataset/find.ts';
import { searchConfig } from './search_datasets.ts';
import { type UnknownField, unknownFields } from './unknown_fields.ts';

export interface ExplainedClause extends Omit<Clause, 'node'> {
  /** Documents of the whole index that this clause alone matches. */
  count: number;
  /** Whether the dataset in question is among them. */
  matches?: boolean;
  /** What the clause alone scores for the dataset; nothing in a filter, which does not score. */
  score?: number;
}

/** Each takes two searches. */
const mostClauses = 200;

export interface Explanation {
  query: ExplainedClause[];
  filters: ExplainedClause[][];
  /** Clauses of which nothing is told, since there are so many. */
  left_out: number;
  /** Fields of the query that the index has nothing in, with names that may have been meant. */
  unknown_fields: UnknownField[];
  /** What the engine is asked, under its name. */
  engine: Record<string, unknown>;
}

/**
 * What becomes of `package_search`'s parameters: the parsed query and filters, with how much each clause finds by
 * itself and whether it finds one dataset. A clause that must match and counts 0 is why nothing was found.
 * @throws PortolanError in CKAN's words, `notFound` for an unknown dataset
 */
export async function explainSearch(site: Site, params: Params, dataset?: string): Promise<Explanation> {
  const labels = ['public'];
  const query = effectiveQuery(params, { labels }, searchConfig({ site }), site.runtime.now());
  const asked = dataset === undefined ? undefined : await findDataset(site.db, dataset);
  if (dataset !== undefined && !asked) throw notFound('Dataset not found');
  let told = 0;
  const explained = async (node: EffectiveQuery['query'], role: string) => {
    const clauses: ExplainedClause[] = [];
    for (const clause of clausesOf(node, role))
      if (++told <= mostClauses)
        clauses.push(await explainClause(site, query, clause, role === 'query', asked?.id));
    return clauses;
  };
  const main = await explained(query.query, 'query');
  const filters: ExplainedClause[][] = [];
  for (const filter of query.filters) filters.push(await explained(filter, 'filter'));
  return {
    query: main,
    filters,
    left_out: Math.max(0, told - mostClauses),
    unknown_fields: await unknownFields(site, [query.query, ...query.filters]),
    engine: await site.search.describe(site.db, query),
  };
}

async function explainClause(
  { search, db }: Site,
  query: EffectiveQuery,
  { node, ...clause }: Clause,
  scored: boolean,
  dataset: string | undefined,
): Promise<ExplainedClause> {
  const sort = scored ? [{ by: 'score', descending: true }] : [];
  const alone = { ...query, query: node, sort, start: 0, facets: undefined, fieldList: undefined };
  const { count } = await search.search(db, { ...alone, filters: [], rows: 0 });
  if (dataset === undefined) return { ...clause, count };
  const one = await search.search(db, { ...alone, filters: [termSetNode('id', [dataset])], rows: 1 });
  const score = one.hits[0]?.score;
  return { ...clause, count, matches: one.count > 0, ...(scored && score !== undefined ? { score } : {}) };
}
