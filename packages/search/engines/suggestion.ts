import { booleanNode } from '../ast/boolean_node.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { termNode } from '../ast/term_node.ts';
import { termSetNode } from '../ast/term_set_node.ts';
import { quotedQuery } from '../parser/field_query.ts';
import type { EffectiveQuery } from '../query/effective_query.ts';
import { parseFieldList } from '../query/field_list.ts';
import type { DatasetSuggestion, SearchHits, SuggestQuery } from './engine.ts';

const fields = ['name_ngram', 'title_ngram', 'name', 'title'];

/** What is searched for a suggestion, and what is suggested of what was found. */
export interface Suggestion {
  search: EffectiveQuery;
  present(found: SearchHits): DatasetSuggestion[];
}

/** Active datasets with the text in their name or title. Source: CKAN's `package_autocomplete`. */
export function suggestion({ text, limit, labels }: SuggestQuery): Suggestion {
  const context = { now: 0, operator: 'and' } as const;
  const should = fields
    .map((field) => quotedQuery(field, text.replaceAll('"', ''), 0, context))
    .filter((node): node is QueryNode => node !== undefined);
  const filters: QueryNode[] = [termNode('state', ['active'])];
  if (labels) filters.push(termSetNode('permission_labels', labels));
  const search: EffectiveQuery = {
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
  const present = ({ hits }: SearchHits) =>
    hits.map(({ fields: found }) => ({
      name: found?.['name']?.[0] ?? '',
      title: found?.['title']?.[0] ?? '',
    }));
  return { search, present };
}
