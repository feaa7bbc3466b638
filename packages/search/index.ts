export { type Clause, clausesOf } from './ast/clauses.ts';
export { matchesFields } from './ast/match_fields.ts';
export { termSetNode } from './ast/term_set_node.ts';
export { buildIndexDocument, type Dataset, type DocumentConfig } from './document/build.ts';
export type { IndexDocument } from './document/index_document.ts';
export type {
  DatasetSuggestion,
  FacetValue,
  SearchEngine,
  SearchHit,
  SearchHits,
  SuggestQuery,
} from './engines/engine.ts';
export { postgresEngine } from './engines/postgres/engine.ts';
export { QuerySyntaxError } from './parser/syntax_error.ts';
export {
  type Caller,
  type EffectiveQuery,
  effectiveQuery,
  type FacetRequest,
  type SearchConfig,
} from './query/effective_query.ts';
export {
  type FieldList,
  parseFieldList,
  presentFields,
  presentStored,
  strippedExtras,
} from './query/field_list.ts';
export {
  type SolrFacet,
  type SolrParameters,
  type SolrQuery,
  siteAskedFor,
  solrQuery,
} from './query/solr_query.ts';
