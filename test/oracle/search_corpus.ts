import fc from 'fast-check';

/** Words whose stems, cases, signs and accents meet each other in queries and in datasets. */
export const words =
  `flood floods flooding river rivers bus buses stop stops wi-fi covid-19 2021 2021-22 café CAFE naïve Zürich air-quality
  PM2.5 O'Neill NHS nhs PowerShot TV television GB running ran data dataset and or not the of e-mail user@example.org
  under_score x1y2 12.5 £100 日本 straße µg ﬁnance A b C++ C# R&D half/half roles salaries health healthy`
    .split(/\s+/)
    .filter((word) => word !== '');

export const formats = ['CSV', 'PDF', 'JSON', 'XLS', 'odd thing', 'made-up'];
export const tagNames = ['air quality', 'flood', 'Flood', 'river-level', 'bus_stop', 'a.b', 'Zürich', 'nhs'];
export const organizations = ['env-office', 'bus-co', 'health'];
export const extraKeys = ['frequency', 'theme-primary', 'level', 'guid', 'review_date'];

const phrase = (most: number) =>
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: most }).map((some) => some.join(' '));

const extra = fc
  .constantFrom(...extraKeys)
  .chain((key) =>
    (key === 'review_date'
      ? fc
          .date({ min: new Date('2019-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
          .map((date) => date.toISOString().slice(0, 10))
      : phrase(3)
    ).map((value) => ({ key, value })),
  );

const dataset = fc.record(
  {
    title: phrase(5),
    notes: phrase(25),
    author: phrase(2),
    maintainer: phrase(2),
    url: fc.constantFrom('http://example.org/a', 'https://data.example.org/b?c=d'),
    license_id: fc.constantFrom('uk-ogl', 'cc-by', 'notspecified'),
    owner_org: fc.constantFrom(...organizations),
    tags: fc.uniqueArray(fc.constantFrom(...tagNames), { maxLength: 4 }),
    extras: fc.uniqueArray(extra, { maxLength: 4, selector: ({ key }) => key }),
    resources: fc.array(
      fc.record({
        url: fc.constant('http://example.org/file'),
        name: phrase(3),
        description: phrase(6),
        format: fc.constantFrom(...formats),
      }),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['title', 'tags', 'extras', 'resources', 'owner_org'] },
);

/** Datasets as `package_create` takes them, the same ones for the same seed. */
export const corpus = (size: number, seed: number): Record<string, unknown>[] =>
  fc.sample(dataset, { numRuns: size, seed }).map(({ tags, ...rest }, at) => ({
    ...rest,
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    name: `${rest.title
      .toLowerCase()
      .replace(/[^a-z0-9_-]+/g, '-')
      .slice(0, 40)}-${at}`,
    tags: tags.map((name) => ({ name })),
  }));
