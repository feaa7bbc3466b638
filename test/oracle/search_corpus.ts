import fc from 'fast-check';
import { wordsOf } from './search_words.ts';

export const formats = ['CSV', 'PDF', 'JSON', 'XLS', 'odd thing', 'made-up', 'Überformat', 'x/y+z'];
export const tagNames = [
  'air quality',
  'flood',
  'Flood',
  'river-level',
  'bus_stop',
  'a.b',
  'Zürich',
  'nhs',
  'COVID-19',
  '日本語 2021',
  'Straße',
];
export const organizations = ['env-office', 'bus-co', 'health'];
export const groups = ['climate', 'roads_2', 'a-b-c'];
export const extraKeys = [
  'frequency',
  'theme-primary',
  'level',
  'guid',
  'review_date',
  'Odd Key!',
  'made_date',
];

/** Dates as people write them; some are none. */
const looseDates = [
  '2020-02-29',
  '12 March 2021',
  '1/2/2020',
  '2020-12-31T23:59:59Z',
  '2020-12-31T23:59:59+02:00',
  '20210315',
  '13.04.2022',
  'not a date',
  '2020-13-45',
  'Tue, 5 Jan 2021 10:00',
];

const boxes = [
  [-5, 50, -3, 52],
  [-8, 49, 2, 61],
  [0, 51.4, 1, 51.6],
  [-180, -90, 180, 90],
  [170, -10, 179, 10],
  [1, 1, 1, 1],
] as const;

const polygon = ([west, south, east, north]: (typeof boxes)[number]) =>
  JSON.stringify({
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  });

function datasetOf(words: readonly string[]) {
  const phrase = (most: number) =>
    fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: most }).map((some) => some.join(' '));
  const valuesOf = (key: string) => {
    if (key === 'review_date')
      return fc
        .date({ min: new Date('2019-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10));
    return key === 'made_date' ? fc.constantFrom(...looseDates) : phrase(3);
  };
  const extra = fc.constantFrom(...extraKeys).chain((key) => valuesOf(key).map((value) => ({ key, value })));
  const spatial = fc.option(
    fc.constantFrom(...boxes).map((box) => ({ key: 'spatial', value: polygon(box) })),
    { freq: 2 },
  );
  return fc.record(
    {
      title: phrase(5),
      notes: phrase(25),
      author: phrase(2),
      maintainer: phrase(2),
      version: phrase(1).filter((text) => text.length <= 100),
      url: fc.constantFrom('http://example.org/a', 'https://data.example.org/b?c=d', 'ftp://x1.example/É'),
      license_id: fc.constantFrom('uk-ogl', 'cc-by', 'notspecified'),
      owner_org: fc.constantFrom(...organizations),
      private: fc.constantFrom(...Array<boolean>(11).fill(false), true),
      state: fc.constantFrom(...Array<string>(11).fill('active'), 'draft'),
      tags: fc.uniqueArray(fc.constantFrom(...tagNames), { maxLength: 4 }),
      groups: fc.uniqueArray(fc.constantFrom(...groups), { maxLength: 2 }),
      extras: fc
        .tuple(fc.uniqueArray(extra, { maxLength: 4, selector: ({ key }) => key }), spatial)
        .map(([some, place]) => (place ? [...some, place] : some)),
      resources: fc.array(
        fc.record({
          url: fc.constantFrom('http://example.org/file', 'https://data.example.org/B/2021-22.csv'),
          name: phrase(3),
          description: phrase(6),
          format: fc.constantFrom(...formats),
        }),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: ['title', 'tags', 'groups', 'extras', 'resources', 'owner_org'] },
  );
}

/** Datasets as `package_create` takes them, the same ones for the same seed. */
export const corpus = (size: number, seed: number): Record<string, unknown>[] =>
  fc.sample(datasetOf(wordsOf(seed)), { numRuns: size, seed }).map(({ tags, groups, ...rest }, at) => ({
    ...rest,
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    name: `${rest.title
      .toLowerCase()
      .replace(/[^a-z0-9_-]+/g, '-')
      .slice(0, 40)}-${at}`,
    tags: tags.map((name) => ({ name })),
    groups: groups.map((name) => ({ name })),
  }));
