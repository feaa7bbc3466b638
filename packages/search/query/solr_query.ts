import { nothing } from '../ast/nothing_node.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { termNode } from '../ast/term_node.ts';
import { termSetNode } from '../ast/term_set_node.ts';
import {
  checkClauses,
  checkFilters,
  checkFilterTexts,
  checkLength,
  longestQuery,
  mostFacets,
} from '../parser/limits.ts';
import { parseLucene } from '../parser/lucene.ts';
import { QuerySyntaxError } from '../parser/syntax_error.ts';
import type { EffectiveQuery } from './effective_query.ts';
import { parseFieldList } from './field_list.ts';
import { parseSort } from './sort.ts';

export interface SolrFacet {
  field: string;
  /** Most values; negative is all. */
  limit: number;
  sort: 'count' | 'index';
}

export interface SolrQuery extends EffectiveQuery {
  solrFacets: SolrFacet[];
  /** As the client said, of datasets and publishers alike; of datasets no more than `rows` are given. */
  rowsAsked: number;
}

/** Values by name, repeated ones in order. */
export type SolrParameters = ReadonlyMap<string, readonly string[]>;

/**
 * From the parameters of Solr's `/select` to what is searched: lucene syntax, Solr's own default operator, and no
 * filter but that everybody may see what is found (spec/search 10.2).
 * @throws QuerySyntaxError, or PortolanError `searchQuery` for the order
 */
export function solrQuery(parameters: SolrParameters, rowsMax: number, now: number): SolrQuery {
  const last = (name: string) => parameters.get(name)?.at(-1);
  const all = (name: string) => parameters.get(name) ?? [];
  const parser = last('defType') ?? 'lucene';
  if (parser !== 'lucene') throw new QuerySyntaxError(`Unknown query parser '${parser}'`);
  const operator = last('q.op')?.toUpperCase() === 'AND' ? 'and' : 'or';
  const read = (text: string, scored: boolean) =>
    checkClauses(parseLucene(text, { now, operator, lowercaseOperators: 'strict', scored }), scored);
  const facets = isOn(last('facet')) ? facetsOf(all('facet.field'), last) : [];
  const q = last('q') ?? '';
  checkLength(q, longestQuery);
  const filters = all('fq').filter((fq) => fq.trim() !== '');
  checkFilterTexts(filters);
  const filterNodes = filters.map((fq) => read(fq, false));
  checkFilters(filterNodes);
  const rowsAsked = wholeNumber('rows', last('rows'), 10);
  const sort = last('sort')?.trim() || 'score desc';
  return {
    query: q === '' ? nothing : read(q, true),
    filters: [...filterNodes, ...publicOnly],
    sort: parseSort(sort),
    sortText: sort,
    start: wholeNumber('start', last('start'), 0),
    rows: Math.min(rowsAsked, rowsMax),
    rowsAsked,
    facets:
      facets.length === 0
        ? undefined
        : {
            fields: facets.map(({ field }) => field),
            limit: facets.some(({ limit }) => limit < 0) ? -1 : Math.max(...facets.map(({ limit }) => limit)),
            minimumCount: wholeNumber('facet.mincount', last('facet.mincount'), 0),
          },
    solrFacets: facets,
    defaultSchema: false,
    fieldList: parseFieldList(all('fl').join(' ')),
  };
}

const publicOnly: QueryNode[] = [
  termNode('capacity', ['public']),
  termNode('state', ['active']),
  termSetNode('permission_labels', ['public']),
];

function facetsOf(fields: readonly string[], last: (name: string) => string | undefined): SolrFacet[] {
  const distinct = [...new Set(fields)];
  if (distinct.length > mostFacets) throw new QuerySyntaxError(`more than ${mostFacets} fields to count`);
  return distinct.map((field) => facetOf(field, last));
}

function facetOf(field: string, last: (name: string) => string | undefined): SolrFacet {
  const own = (name: string) => last(`f.${field}.facet.${name}`) ?? last(`facet.${name}`);
  const limit = Number(own('limit') ?? 100);
  if (!Number.isInteger(limit)) throw new QuerySyntaxError(`For input string: "${own('limit')}"`);
  const sort = own('sort') ?? (limit > 0 ? 'count' : 'index');
  return { field, limit, sort: sort === 'index' || sort === 'lex' ? 'index' : 'count' };
}

const isOn = (word: string | undefined) => word !== undefined && /^(?:true|on|yes)/i.test(word);

function wholeNumber(name: string, text: string | undefined, standard: number): number {
  if (text === undefined || text === '') return standard;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** 31)
    throw new QuerySyntaxError(`'${name}' parameter is no number from 0 on: ${text}`);
  return value;
}

/** The site that a query asks for by name, in a filter or at the top of `q`. */
export function siteAskedFor({ query, filters }: Pick<SolrQuery, 'query' | 'filters'>): string | undefined {
  for (const node of [query, ...filters]) {
    for (const part of node.kind === 'boolean' ? node.must : [node])
      if (part.kind === 'term' && part.field === 'site_id') return part.terms[0];
  }
  return undefined;
}
