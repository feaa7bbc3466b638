import fc from 'fast-check';
import { date, email, keyword, text, title, url } from './odd.ts';
import type { Documents, Scenarios } from './scenario.ts';

const { constantFrom, array, record, oneof, constant } = fc;

/** A value that may be missing, null or of a kind that nobody expects. */
const loose = (usual: fc.Arbitrary<unknown>, ...odd: unknown[]) =>
  oneof(
    { weight: 12, arbitrary: usual },
    { weight: 2, arbitrary: constant(undefined) },
    { weight: 1, arbitrary: constantFrom(null, '', ...odd) },
  );

/** A list that may be missing or empty; null, or null in it, would end the real worker, and so would no keywords. */
const looseList = (usual: fc.Arbitrary<unknown[]>) =>
  oneof({ weight: 12, arbitrary: usual }, { weight: 2, arbitrary: constantFrom(undefined, []) });

const isTag = (text: string) => /^[\p{L}\p{N} _.-]{2,100}$/u.test(text);

const html = constantFrom(
  '<p>Where tea is &lt;sold&gt;<br/>and <a href="http://a.test">drunk</a></p>',
  '<script>alert(1)</script>Houses',
  'Rivers &amp; streams\n\n* one\n* two',
);

const agent = oneof(
  text,
  record(
    { name: loose(text, 5), email: loose(email, 5), identifier: loose(url, 5), mbox: email },
    { requiredKeys: [] },
  ),
  record({ name: text, subOrganizationOf: record({ name: text }) }),
);

const distribution = record(
  {
    '@type': constant('dcat:Distribution'),
    title: loose(title, 7),
    description: loose(oneof(text, html)),
    downloadURL: loose(url),
    accessURL: loose(url),
    format: loose(constantFrom('CSV', 'csv', 'text/csv', 'geojson', 'Esri REST', 'made up'), 3),
    mediaType: constantFrom('text/csv', 'application/json', 'image/x-made-up'),
    byteSize: loose(constantFrom(1234, '1234', '12.5', 12.5, 'big', ' 7 ', '1_000', -1, '+5'), 0),
    identifier: text,
  },
  { requiredKeys: ['@type'] },
);

const dataset = record(
  {
    '@type': constant('dcat:Dataset'),
    // Without one the real worker ends.
    title,
    description: loose(oneof(text, html), 5),
    landingPage: loose(url, 5),
    keyword: array(oneof({ weight: 15, arbitrary: keyword.filter(isTag) }, keyword), { maxLength: 3 }),
    issued: loose(date, 2020),
    modified: loose(date, 2020, 'R/P1Y'),
    publisher: loose(agent, {}, 5),
    creator: loose(agent, {}),
    language: looseList(array(constantFrom('en', 'de', 'en-GB', '', 'English'), { maxLength: 3 })),
    distribution: looseList(array(distribution, { maxLength: 3 })),
    theme: array(text, { maxLength: 2 }),
    license: url,
    contactPoint: record({ fn: text, hasEmail: email }),
    accessLevel: constantFrom('public', 'restricted public', 'non-public'),
    spatial: oneof(text, constant({ type: 'Point', coordinates: [1, 2] })),
    temporal: constantFrom('2000-01-15T00:45:00Z/2010-01-15T00:06:00Z', '2020'),
  },
  { requiredKeys: ['@type', 'title', 'description', 'keyword'] },
);

const one = record({
  said: dataset,
  other: dataset,
  // A number, or none at all, would end the real worker.
  identifier: constantFrom(
    ...[1, 2, 3, 4].map(() => (seed: number, at: number) => `json-${seed}-${at}`),
    (seed: number, at: number) => `http://data.test/${seed}/${at}?a=b&c=ä`,
  ),
});

/** One `data.json` in one or two pages, harvested three times, datasets changed, gone and back. */
export const jsonScenarios: Scenarios = ({ seed, records }) => {
  const path = `/json-${seed}.json`;
  const sampled = fc.sample(one, { seed, numRuns: records });
  const answer = (datasets: object[]) => ({
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(
      seed % 3 === 0
        ? datasets
        : { '@context': 'https://project-open-data.cio.gov/v1.1/schema', dataset: datasets },
    ),
  });
  const runs = [0, 1, 2].map((run): Documents => {
    const datasets = sampled.flatMap(({ said, other, identifier }, at) => {
      if (run === 1 && at % 5 === 0) return [];
      return [{ identifier: identifier(seed, at), ...(run === 1 && at % 5 < 3 ? other : said) }];
    });
    const half = seed % 2 === 0 ? Math.ceil(datasets.length / 2) : datasets.length;
    const pages: Documents = { [path]: answer(datasets.slice(0, half)) };
    pages[`${path}?page=2`] = answer(datasets.slice(half));
    pages[`${path}?page=3`] = answer([]);
    return pages;
  });
  // Keywords that are no tags are made fit unless the source says otherwise, which the real one does not do.
  const config = { clean_tags: false };
  return [{ name: `json-${seed}`, type: 'dcat_json', path, config, runs, anyOrder: true }];
};
