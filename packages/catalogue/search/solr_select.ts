import {
  byCodePoint,
  type FacetValue,
  matchesFields,
  presentStored,
  type SearchHit,
  type SolrFacet,
  type SolrParameters,
  type SolrQuery,
  siteAskedFor,
  solrQuery,
} from '@portolan/search';
import type { Site } from '../action/call.ts';
import type { DatasetDict } from '../dataset/presenter.ts';
import { shownToAnybody } from '../personal/boundary.ts';
import { validatedDict } from '../tag/validated_dict.ts';
import { publisherFields, publishersSite } from './publishers.ts';

export interface SolrAnswer {
  response: { numFound: number; start: number; numFoundExact: true; docs: Record<string, unknown>[] };
  facet_counts?: {
    facet_queries: object;
    facet_fields: Record<string, (string | number)[]>;
    facet_ranges: object;
    facet_intervals: object;
    facet_heatmaps: object;
  };
}

/**
 * What Solr's `/select` answers to a client that knows nothing of CKAN, over what everybody may see.
 * @throws QuerySyntaxError, or PortolanError in CKAN's words
 */
export const solrSelect = async (site: Site, parameters: SolrParameters): Promise<SolrAnswer> =>
  shownToAnybody(site, await select(site, parameters));

async function select(site: Site, parameters: SolrParameters): Promise<SolrAnswer> {
  const query = solrQuery(parameters, site.config.searchRowsMax, site.runtime.now());
  if (siteAskedFor(query) === publishersSite) return selectPublishers(site, query);
  const found = await site.search.search(site.db, query);
  const docs = found.hits.map((hit) => shownHit(hit, query));
  return {
    response: { numFound: found.count, start: query.start, numFoundExact: true, docs },
    ...(query.solrFacets.length > 0 ? { facet_counts: facetCounts(query.solrFacets, found.facets) } : {}),
  };
}

function shownHit({ document, fields, score }: SearchHit, { fieldList }: SolrQuery): Record<string, unknown> {
  const copy = document === undefined ? undefined : () => validatedDict(JSON.parse(document) as DatasetDict);
  return presentStored(fields ?? {}, fieldList!, score, copy);
}

// What datasets alone have to be, public and active, publishers are not asked for.
async function selectPublishers(site: Site, { query, filters, start, rowsAsked, fieldList }: SolrQuery) {
  const asked = [query, ...filters.filter((node) => !isForDatasets(node))];
  const all = await publisherFields(site.db);
  const found = all.filter((fields) => asked.every((node) => matchesFields(node, fields)));
  return {
    response: {
      numFound: found.length,
      start,
      numFoundExact: true as const,
      docs: found
        .slice(start, start + rowsAsked)
        .map((fields) => presentStored(fields, fieldList!, undefined)),
    },
  };
}

const isForDatasets = (node: SolrQuery['query']) =>
  (node.kind === 'term' && (node.field === 'capacity' || node.field === 'state')) ||
  (node.kind === 'termSet' && node.field === 'permission_labels');

function facetCounts(facets: SolrFacet[], counted: Record<string, FacetValue[]>) {
  const fields = facets.map(({ field, limit, sort }) => {
    const byName = (a: FacetValue, b: FacetValue) => byCodePoint(a.value, b.value);
    const values = [...(counted[field] ?? [])].sort((a, b) =>
      sort === 'count' ? b.count - a.count || byName(a, b) : byName(a, b),
    );
    const shown = limit < 0 ? values : values.slice(0, limit);
    return [field, shown.flatMap(({ value, count }) => [value, count])] as const;
  });
  return {
    facet_queries: {},
    facet_fields: Object.fromEntries(fields),
    facet_ranges: {},
    facet_intervals: {},
    facet_heatmaps: {},
  };
}
