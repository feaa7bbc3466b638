import { effectiveQuery } from '@portolan/search';
import type { Site } from '../action/call.ts';
import { searchConfig } from './search_datasets.ts';

const facets = { 'facet.field': '["organization", "groups", "tags", "res_format", "license_id"]' };

/**
 * Searches that need what most searches need: lengths of the fields that words are looked for in, extents, facets; and
 * of everything the facets and the order, which the first page of a portal shows.
 */
const usual = [
  {
    q: 'data',
    rows: '0',
    sort: 'score desc, metadata_modified desc',
    ext_bbox: '-180,-90,180,90',
    ...facets,
  },
  { rows: '1', ...facets },
];

/**
 * Has the PostgreSQL engine read into memory what most searches need, so that the first one does not wait for it.
 * Never rejects: a search that finds nothing ready reads it itself. After `ended`, failures are of no interest.
 */
export async function warmSearch(site: Site, ended: AbortSignal): Promise<void> {
  // OpenSearch answers, and has a memory of its own.
  if (site.search.mirror) return;
  try {
    for (const asked of usual) {
      const query = effectiveQuery(asked, { labels: ['public'] }, searchConfig({ site }), site.runtime.now());
      await site.search.search(site.db, query);
    }
  } catch (error) {
    if (!ended.aborted) site.logger.warn({ err: error }, 'the search could not be made ready beforehand');
  }
}
