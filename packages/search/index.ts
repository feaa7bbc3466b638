export { type Clause, clausesOf } from './ast/clauses.ts';
export { fieldsOf } from './ast/fields_of.ts';
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
  WrittenEntries,
} from './engines/engine.ts';
export { postgresEngine } from './engines/postgres/engine.ts';
export { fallbackCount, fallbackReason, whileAnswering } from './mirror/answered_by.ts';
export type { IndexFormat } from './mirror/index_format.ts';
export { MirrorError, type MirrorStatus, SearchMirror } from './mirror/mirror.ts';
export { forgetMirror } from './mirror/mirror_index.repo.ts';
export { mirroredEngine, type Searcher } from './mirror/mirrored_engine.ts';
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
export { nearestFields } from './schema/nearest_fields.ts';
export { byCodePoint } from './vocabulary/code_points.ts';
