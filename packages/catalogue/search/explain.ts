import { notFound } from '@portolan/kernel';
import { type Clause, clausesOf, effectiveQuery, termSetNode } from '@portolan/search';
import type { Params, Site } from '../action/call.ts';
import { findDataset } from '../dataset/find.ts';
import { searchConfig } from './search_datasets.ts';

export interface ExplainedClause extends Omit<Clause, 'node'> {
  /** Documents of the whole index that this clause alone matches. */
  count: number;
  /** Whether the dataset in question is among them. */
  matches: boolean | undefined;
}

export interface Explanation {
  query: ExplainedClause[];
  filters: ExplainedClause[][];
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
  const id = asked?.id;
  const counted = async ({ node, ...clause }: Clause): Promise<ExplainedClause> => {
    const within = async (filters: (typeof query)['filters']) => {
      const alone = { ...query, query: node, filters, rows: 0, start: 0, facets: undefined };
      return (await site.search.search(site.db, alone)).count;
    };
    const matches = id === undefined ? undefined : (await within([termSetNode('id', [id])])) > 0;
    return { ...clause, count: await within([]), matches };
  };
  const explained = async (node: (typeof query)['query'], role: string) => {
    const clauses: ExplainedClause[] = [];
    for (const clause of clausesOf(node, role)) clauses.push(await counted(clause));
    return clauses;
  };
  const filters: ExplainedClause[][] = [];
  for (const filter of query.filters) filters.push(await explained(filter, 'filter'));
  return {
    query: await explained(query.query, 'query'),
    filters,
    engine: await site.search.describe(site.db, query),
  };
}
