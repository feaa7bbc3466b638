import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { presentSearch, searchDatasets } from '../search/search_datasets.ts';

export const packageSearch = readAction({
  name: 'package_search',
  summary: 'Datasets that match a query, with counts of their facets.',
  parameters: {
    q: { type: 'text', meaning: 'The query, in Solr’s syntax; all datasets when missing.' },
    fq: { type: 'text', meaning: 'Filter, in Solr’s lucene syntax.' },
    fq_list: { type: 'list', meaning: 'Further filters, each read by itself.' },
    rows: { type: 'integer', meaning: 'Most results to give; 10 when missing.' },
    start: { type: 'integer', meaning: 'Results to leave out first.' },
    sort: { type: 'text', meaning: 'Fields with `asc` or `desc`, parted by commas.' },
    facet: { type: 'boolean', meaning: 'Whether to count facets.' },
    'facet.field': { type: 'list', meaning: 'Fields whose values are counted.' },
    'facet.limit': { type: 'integer', meaning: 'Most values of a facet; negative is all.' },
    'facet.mincount': { type: 'integer', meaning: 'Least count of a value that is told.' },
    fl: { type: 'list', meaning: 'Fields to give instead of whole datasets.' },
    qf: { type: 'text', meaning: 'Fields, with weights, that words without a field are looked for in.' },
    defType: { type: 'text', meaning: 'How `q` is read: `dismax`, `edismax` or `lucene`.' },
    mm: { type: 'text', meaning: 'How many of the optional words have to match.' },
    tie: { type: 'text', meaning: 'What fields other than the best add to a score.' },
    bf: { type: 'text', meaning: 'A constant added to scores.' },
    boost: { type: 'text', meaning: 'A constant by which scores are multiplied.' },
    include_private: { type: 'boolean', meaning: 'Also private datasets that the caller may see.' },
    include_drafts: { type: 'boolean', meaning: 'Also drafts that the caller may see.' },
    include_deleted: { type: 'boolean', meaning: 'Also deleted datasets, where the index keeps them.' },
    use_default_schema: { type: 'boolean', meaning: 'Leave out what dataset types of extensions add.' },
    ext_bbox: { type: 'text', meaning: 'Only datasets whose extent overlaps `minx,miny,maxx,maxy`.' },
  },
  authorise: anyone,
  handle: async (call, params) => presentSearch(call, await searchDatasets(call, params)),
});
