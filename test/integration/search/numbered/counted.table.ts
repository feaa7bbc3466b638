type Counts = Record<string, Record<string, number>>;

const field = (...names: string[]) => ({ 'facet.field': names });

/** Facets in their order; source: spec/search 12.2 I. */
export const counted: [number: string, parameters: Record<string, unknown>, facets: Counts][] = [
  [
    'I01',
    field('organization'),
    { organization: { 'alpha-council': 8, 'env-office': 5, 'transport-dept': 3, 'health-board': 2 } },
  ],
  ['I02', field('groups'), { groups: { climate: 4, roads: 3 } }],
  ['I03', field('license_id'), { license_id: { 'uk-ogl': 15, 'cc-by': 3, 'other-nc': 2, notspecified: 1 } }],
  ['I04', field('res_format'), { res_format: { CSV: 4, XLS: 2, GeoJSON: 1, JSON: 1, csv: 1 } }],
  ['I05', { ...field('tags'), 'facet.limit': 3 }, { tags: { air: 2, education: 2, flood: 2 } }],
  [
    'I06',
    { ...field('tags'), 'facet.mincount': 2 },
    { tags: { air: 2, education: 2, flood: 2, health: 2, roads: 2, wifi: 2 } },
  ],
  [
    'I07',
    { ...field('organization', 'tags'), q: 'flood' },
    { organization: { 'env-office': 3 }, tags: { flood: 2, guidance: 1, rivers: 1, warnings: 1 } },
  ],
  [
    'I08',
    field('extras_theme-primary'),
    {
      'extras_theme-primary': {
        environ: 4,
        govern: 2,
        health: 2,
        transport: 2,
        and: 1,
        citi: 1,
        educ: 1,
        governmentspend: 1,
        spend: 1,
        town: 1,
        townsandc: 1,
      },
    },
  ],
  [
    'I09',
    field('theme-primary'),
    {
      'theme-primary': {
        environment: 4,
        health: 2,
        transport: 2,
        education: 1,
        government: 1,
        'government-spending': 1,
        'towns-and-cities': 1,
      },
    },
  ],
  ['I11', { ...field('tags'), facet: 'false' }, {}],
  ['I11', {}, {}],
  [
    'I12',
    field('organization', 'groups'),
    {
      organization: { 'alpha-council': 8, 'env-office': 5, 'transport-dept': 3, 'health-board': 2 },
      groups: { climate: 4, roads: 3 },
    },
  ],
  ['I13', field('nosuch'), { nosuch: {} }],
  ['I14', field('dataset_type'), { dataset_type: { dataset: 21, document: 1 } }],
];

type Told = { publicMessage: unknown } | { fields: unknown };

const unknown = (name: string): Told => ({
  publicMessage: `Search Query is invalid: "Invalid search parameters: ['${name}']"`,
});
const unsorted: Told = { publicMessage: `Search Query is invalid: 'Invalid "sort" parameter'` };
const local = (name: string): Told => ({
  publicMessage: `Search error: "Local parameters are not supported in param '${name}'."`,
});
const unboxed: Told = { publicMessage: `Search error: 'Wrong bounding box provided'` };
const unnatural = ['Must be a natural number'];

/** What is no search, and in which words it is told; source: 12.2 H, I, J, in the words of CKAN 2.11. */
export const refused: [number: string, parameters: Record<string, unknown>, code: string, told: Told][] = [
  ['H12', { sort: 'metadata_modified' }, 'searchQuery', unsorted],
  ['H13', { sort: 'metadata_modified sideways' }, 'searchQuery', unsorted],
  ['H17', { rows: '-1' }, 'validation', { fields: { rows: unnatural } }],
  [
    'H17',
    { rows: 'x' },
    'validation',
    { fields: { rows: ['Invalid integer', 'Please enter an integer value'] } },
  ],
  ['H17', { start: '-1' }, 'validation', { fields: { start: unnatural } }],
  ['H18', { limit: '5' }, 'searchQuery', unknown('limit')],
  ['H18', { 'q.op': 'OR' }, 'searchQuery', unknown('q.op')],
  ['H18', { foo: '1' }, 'searchQuery', unknown('foo')],
  ['H19', { q: '{!lucene}flood' }, 'search', local('q')],
  ['H19', { fq_list: ['{!lucene}flood'] }, 'search', local('fq_list')],
  ['H19', { fq: '{!lucene}flood' }, 'search', local('fq')],
  ['H20', { foo_bar: '1', ext_foo: '1' }, 'searchQuery', unknown('foo_bar')],
  [
    'I10',
    { 'facet.field': 'organization' },
    'validation',
    { fields: { 'facet.field': ['Could not parse as valid JSON', 'Not a list'] } },
  ],
  ['J19', { ext_bbox: '1,2,3' }, 'search', unboxed],
  ['J19', { ext_bbox: 'a,b,c,d' }, 'search', unboxed],
];
