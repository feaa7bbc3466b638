import type { Sql } from '@portolan/db';
import { booleanNode } from '../../ast/boolean_node.ts';
import type { QueryNode } from '../../ast/query_node.ts';
import { termNode } from '../../ast/term_node.ts';
import { termSetNode } from '../../ast/term_set_node.ts';
import { quotedQuery } from '../../parser/field_query.ts';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import { parseFieldList } from '../../query/field_list.ts';
import type { DatasetSuggestion, SuggestQuery } from '../engine.ts';
import type { DocumentColumns } from './column/document_columns.ts';
import { search } from './search.ts';

const fields = ['name_ngram', 'title_ngram', 'name', 'title'];

/** Active datasets with the text in their name or title. Source: CKAN's `package_autocomplete`. */
export async function suggestDatasets(
  sql: Sql,
  { text, limit, labels }: SuggestQuery,
  columns: DocumentColumns,
): Promise<DatasetSuggestion[]> {
  const context = { now: 0, operator: 'and' } as const;
  const should = fields
    .map((field) => quotedQuery(field, text.replaceAll('"', ''), 0, context))
    .filter((node): node is QueryNode => node !== undefined);
  const filters: QueryNode[] = [termNode('state', ['active'])];
  if (labels) filters.push(termSetNode('permission_labels', labels));
  const query: EffectiveQuery = {
    query: booleanNode({ should }),
    filters,
    sort: [{ by: 'score', descending: true }],
    sortText: 'score desc',
    start: 0,
    rows: limit,
    facets: undefined,
    defaultSchema: false,
    fieldList: parseFieldList('name,title'),
  };
  const { hits } = await search(sql, query, columns);
  return hits.map(({ fields: found }) => ({
    name: found?.['name']?.[0] ?? '',
    title: found?.['title']?.[0] ?? '',
  }));
}
