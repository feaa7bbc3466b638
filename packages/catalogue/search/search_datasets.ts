import {
  effectiveQuery,
  presentFields,
  type SearchConfig,
  type SearchHit,
  type SearchHits,
} from '@portolan/search';
import type { Call, Params } from '../action/call.ts';
import { JsonText } from '../action/declaration.ts';
import { callerLabels } from '../authorisation/labels.ts';
import type { DatasetDict } from '../dataset/presenter.ts';
import { asciiJson } from '../index/ascii_json.ts';
import { validatedDict } from '../tag/validated_dict.ts';
import { inDefaultSchema } from './default_schema.ts';
import { facetTitles } from './facet_titles.ts';

/** What `package_search` answers, with the hits still apart. */
export interface SearchAnswer {
  found: SearchHits;
  sort: string;
  /** Each result as JSON text: stored documents are passed on as they are. */
  results: string[];
}

export function searchConfig({ site: { config } }: Pick<Call, 'site'>): SearchConfig {
  return {
    rowsMax: config.searchRowsMax,
    defaultSort: config.searchDefaultSort,
    facetsLimit: config.searchFacetsLimit,
    allowedParsers: config.searchParsers,
    lowercaseOperators: config.lowercaseOperators,
  };
}

/** Runs a search with `package_search`'s parameters as the caller may see it. @throws PortolanError in CKAN's words */
export async function searchDatasets(call: Call, params: Params): Promise<SearchAnswer> {
  const labels = await callerLabels(call);
  const query = effectiveQuery(params, { labels }, searchConfig(call), call.site.runtime.now());
  const found = await call.site.search.search(call.sql, query);
  const { fieldList, defaultSchema } = query;
  const shown = ({ document, fields, score }: SearchHit) => {
    const copy =
      document === undefined ? undefined : () => validatedDict(JSON.parse(document) as DatasetDict);
    return asciiJson(presentFields(fields ?? {}, fieldList!, score, copy));
  };
  const documents = found.hits.map(({ document }) => document ?? '{}');
  const results = fieldList
    ? found.hits.map(shown)
    : defaultSchema
      ? await inDefaultSchema(call, documents)
      : documents;
  return { found, sort: query.sortText, results };
}

/** The answer in CKAN's shape, results spliced in as text. */
export async function presentSearch(call: Call, { found, sort, results }: SearchAnswer): Promise<JsonText> {
  const facets: Record<string, Record<string, number>> = {};
  for (const [field, values] of Object.entries(found.facets))
    facets[field] = Object.fromEntries(values.map(({ value, count }) => [value, count]));
  const titled = asciiJson(await facetTitles(call, found.facets));
  return new JsonText(
    `{"count": ${found.count}, "facets": ${asciiJson(facets)}, "results": [${results.join(', ')}], ` +
      `"sort": ${asciiJson(sort)}, "search_facets": ${titled}}`,
  );
}
