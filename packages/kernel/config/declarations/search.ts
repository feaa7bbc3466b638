import { bool, choice, int, list, text } from '../option.ts';

/** Search and its index. */
export const search = {
  indexWait: int({
    key: 'portolan.index_wait_ms',
    default: 5000,
    meaning: 'Milliseconds a write waits for its own index entry.',
  }),
  searchRowsMax: int({
    key: 'ckan.search.rows_max',
    default: 1000,
    meaning: 'Most rows of one package_search.',
  }),
  searchFallback: choice(
    {
      key: 'portolan.search.fallback',
      default: 'postgres',
      meaning: 'What answers while OpenSearch cannot: PostgreSQL, or CKAN’s Search error.',
    },
    ['postgres', 'error'],
  ),
  searchTimeout: int({
    key: 'portolan.search.timeout_ms',
    default: 5000,
    min: 100,
    meaning:
      'Milliseconds that an engine has to answer a search; on PostgreSQL the statement is cancelled then.',
    runtime: false,
  }),
  searchExpansion: int({
    key: 'portolan.search.expansion_ms',
    default: 1000,
    min: 0,
    meaning:
      'Milliseconds that PostgreSQL may be expected to take for what wildcards, ranges, expressions and fuzzy words of a search stand for; what would take longer is refused at once.',
    runtime: false,
  }),
  searchDefaultSort: text({
    key: 'ckan.search.default_package_sort',
    default: 'score desc, metadata_modified desc',
    meaning: 'Order of package_search when none is asked for.',
  }),
  searchRemoveDeleted: bool({
    key: 'ckan.search.remove_deleted_packages',
    default: true,
    meaning: 'Deleted datasets leave the index.',
  }),
  reindexMinutes: int({
    key: 'portolan.reindex_minutes_before',
    env: 'CKAN_REINDEX_MINUTES_BEFORE',
    default: 1440,
    min: 1,
    meaning: '`datagovuk reindex-recent` indexes what was modified within so many minutes.',
  }),
  searchFacetsLimit: int({ key: 'search.facets.limit', default: 50, min: -1, meaning: 'Values of a facet.' }),
  searchFacetsDefault: int({
    key: 'search.facets.default',
    default: 10,
    meaning: 'Values of a facet on a page.',
  }),
  searchParsers: list({
    key: 'ckan.search.solr_allowed_query_parsers',
    default: [],
    meaning: 'Query parsers that {!…} may name.',
  }),
  searchShowAllTypes: text({
    key: 'ckan.search.show_all_types',
    default: 'dataset',
    meaning: 'Dataset types a bare search shows.',
  }),
  searchLegacyDefaultFields: bool({
    key: 'search.legacy_default_fl',
    default: false,
    meaning: 'Whether the legacy search API gives names (version 2: ids) unless `fl` asks for more.',
  }),
  solrEndpoint: choice(
    {
      key: 'portolan.solr_endpoint',
      env: 'PORTOLAN_SOLR_ENDPOINT',
      default: 'profile',
      meaning:
        'Whether /solr/CORE/select answers, over public data; `profile`: only in the profile datagovuk.',
    },
    ['profile', 'on', 'off'],
  ),
  lowercaseOperators: choice(
    {
      key: 'search.lowercase_operators',
      aliases: ['portolan.search.lowercase_operators'],
      default: 'fielded',
      meaning: 'Whether lower-case `and` joins: between fielded clauses, or never as in Solr.',
    },
    ['fielded', 'strict'],
  ),
};
