/** The catalogue that every search engine is asked about; invented for it. */
const dataset = (number: number, name: string, more: Record<string, unknown>) => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  name,
  title: name,
  type: 'dataset',
  state: 'active',
  private: false,
  creator_user_id: 'u',
  metadata_created: `2021-01-${String(number).padStart(2, '0')}T00:00:00`,
  metadata_modified: `2024-06-${String(number).padStart(2, '0')}T09:00:00.123456`,
  ...more,
});

const extras = (values: Record<string, string>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));
const named = (...names: string[]) => names.map((name) => ({ name }));
const harbour = { id: 'org-harbour', name: 'harbour-office', title: 'Harbour Office' };
const parks = { id: 'org-parks', name: 'parks', title: '' };

export const datasets = [
  dataset(1, 'tide-tables', {
    title: 'Tide tables',
    notes: 'High and low tides at every harbour. Tides are predicted.',
    organization: harbour,
    owner_org: harbour.id,
    tags: named('tides', 'sea'),
    groups: named('coast'),
    license_id: 'cc-by',
    extras: extras({ 'theme-primary': 'towns-and-cities', review_date: '2020-12-31' }),
    resources: [{ name: 'Tables 2024', format: 'CSV', url: 'https://harbour.example/t.csv' }],
  }),
  dataset(2, 'tide-gauges', {
    title: 'Gauges of the tide, 2021-22',
    notes: 'Readings of Wi-Fi gauges.',
    organization: harbour,
    owner_org: harbour.id,
    tags: named('tides', 'gauges'),
    extras: extras({ 'theme-primary': 'environment', guid: 'hg-2' }),
    resources: [
      { name: 'Readings', format: 'CSV' },
      { name: 'Readings again', format: 'CSV' },
      { name: 'Map', format: 'KML' },
    ],
  }),
  dataset(3, 'playgrounds', {
    title: 'Playgrounds and swings',
    notes: 'Where children may swing; some by the sea.',
    organization: parks,
    owner_org: parks.id,
    tags: named('Play Areas'),
    license_id: 'uk-ogl',
    extras: extras({ spatial: '{"type":"Polygon","coordinates":[[[0,50],[2,50],[2,52],[0,52],[0,50]]]}' }),
  }),
  dataset(4, 'cafe-terraces', { title: 'Café terraces', notes: 'Opening hours. Sea views.', license_id: '' }),
  dataset(5, 'harbour-budget', {
    title: 'Budget',
    private: true,
    organization: harbour,
    owner_org: harbour.id,
    tags: named('tides'),
  }),
  dataset(6, 'swing-survey', { title: 'Survey', state: 'draft', organization: parks, owner_org: parks.id }),
  dataset(7, 'harbour-source', { type: 'harvest', title: 'Harbour source' }),
];

export const labelsOf = ({ state, private: hidden, ...rest }: (typeof datasets)[number]): string[] =>
  state === 'active' && !hidden ? ['public'] : [`member-${(rest as { owner_org?: string }).owner_org}`];
