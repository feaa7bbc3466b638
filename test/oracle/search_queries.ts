import fc from 'fast-check';
import { expression } from './expressions.ts';
import { formats, organizations, tagNames, words } from './search_corpus.ts';

export type SearchRequest = Record<string, unknown>;

const textFields = ['title', 'notes', 'text', 'author', 'res_name', 'res_description', 'extras_frequency'];
const exactFields = ['tags', 'organization', 'res_format', 'license_id', 'name', 'frequency', 'nowhere'];
const dateFields = ['metadata_created', 'review_date'];
const facetFields = ['tags', 'organization', 'res_format', 'license_id', 'title', 'extras_level', 'level'];

const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words) },
  { weight: 2, arbitrary: fc.constantFrom(...words).map((one) => one.toUpperCase()) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }) },
);
const escapeSigns = (text: string) => text.replace(/[+\-&|!(){}[\]^"~*?:\\/\s]/g, '\\$&');
const escaped = word.map(escapeSigns);
const value = fc.oneof(escaped, fc.constantFrom(...tagNames, ...organizations, ...formats).map(escapeSigns));
const quoted = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .map((some) => `"${some.join(' ').replace(/["\\]/g, '\\$&')}"`);
const slop = fc.constantFrom('', '', '', '~1', '~2', '~5');
const boost = fc.constantFrom('', '', '', '', '^2', '^0.5', '^=3', '^0');
const wild = fc
  .tuple(fc.constantFrom(...words), fc.nat(5), fc.constantFrom('*', '?', '*?'))
  .map(([one, at, sign]) => `${escapeSigns(one.slice(0, at))}${sign}${escapeSigns(one.slice(at + 1))}`);
const fuzzy = fc
  .tuple(escaped, fc.constantFrom('~', '~1', '~2', '~0.7', '~0.5', '~0', '~3'))
  .map((parts) => parts.join(''));
const bracket = (inside: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.constantFrom('[', '{'), inside, inside, fc.constantFrom(']', '}'))
    .map(([a, b, c, d]) => `${a}${b} TO ${c}${d}`);
const textRange = bracket(
  fc.oneof(
    fc.constantFrom('*', '""', '"b c"', 'a', 'm', 'Z', '2021'),
    fc.constantFrom(...words).map(escapeSigns),
  ),
);
const moment = fc
  .tuple(
    fc.constantFrom('NOW', '2022-02-28T12:00:00Z', '2024-02-29T23:59:59.999Z', '2020-01-31T00:00:00Z'),
    fc.constantFrom(
      '',
      '',
      '-1YEAR',
      '+1MONTH',
      '-7DAYS/DAY',
      '/YEAR',
      '/MONTH+5DAY',
      '-90MINUTES',
      '+2HOURS/HOUR',
      '-1week',
    ),
  )
  .map((parts) => parts.join(''));
const dateRange = bracket(fc.oneof(fc.constant('*'), moment));
const leaf = fc.oneof(
  { weight: 4, arbitrary: escaped },
  { weight: 3, arbitrary: fc.tuple(quoted, slop).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: wild },
  { weight: 1, arbitrary: fuzzy },
  { weight: 1, arbitrary: expression },
  { weight: 1, arbitrary: fc.constant('*') },
);
const fielded = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...textFields), leaf).map((two) => two.join(':')) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...exactFields), fc.oneof(value, leaf)).map((two) => two.join(':')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...textFields, ...exactFields), textRange)
      .map((two) => two.join(':')),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...dateFields), dateRange).map((two) => two.join(':')) },
);
const sign = fc.constantFrom('', '', '', '', '', '-', '+', 'NOT ', '!');
const joint = fc.constantFrom(' ', ' ', ' AND ', ' OR ', ' && ', ' || ', ' and ', ' or ');
const { lucene } = fc.letrec<{ lucene: string; clause: string }>((tie) => ({
  clause: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'query' },
    { weight: 5, arbitrary: fc.tuple(fielded, boost).map((two) => two.join('')) },
    { weight: 2, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc.tuple(tie('lucene'), boost).map(([inside, weight]) => `(${inside})${weight}`),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...textFields, ...exactFields),
          fc.array(value, { minLength: 1, maxLength: 4 }),
          joint,
        )
        .map(([field, some, by]) => `${field}:(${some.join(by)})`),
    },
  ),
  lucene: fc
    .array(fc.tuple(sign, tie('clause'), joint), { minLength: 1, maxLength: 4, depthIdentifier: 'query' })
    .map((parts) => parts.map(([mark, clause, by], at) => `${at > 0 ? by : ''}${mark}${clause}`).join('')),
}));

const free = fc
  .array(fc.tuple(sign, fc.oneof({ weight: 5, arbitrary: word }, { weight: 2, arbitrary: quoted }), joint), {
    minLength: 1,
    maxLength: 7,
  })
  .map((parts) => parts.map(([mark, one, by], at) => `${at > 0 ? by : ''}${mark}${one}`).join(''));
const noise = fc
  .array(
    fc.oneof(word, fc.constantFrom(...'+-!():^[]"{}~*?\\/&| '.split(''), 'AND', 'OR', 'NOT', 'TO', 'title:')),
    {
      minLength: 1,
      maxLength: 10,
    },
  )
  .map((parts) => parts.join(''));
const fields = fc.constantFrom(
  'title',
  'title^2 notes',
  'name^4 title^4 tags^2 groups^2 text',
  'notes tags^3',
  'res_name text',
  'nowhere title',
);
const minimum = fc.constantFrom('1', '2', '50%', '-1', '-25%', '2<75%', '2<-25% 4<3', '100%', '0');
const facets = fc.record({
  'facet.field': fc.uniqueArray(fc.constantFrom(...facetFields), { minLength: 1, maxLength: 3 }),
  'facet.limit': fc.constantFrom(-1, 3, 50),
  'facet.mincount': fc.constantFrom(1, 2),
});
const scattered = fc.record(
  {
    q: free,
    qf: fields,
    mm: minimum,
    tie: fc.constantFrom('0', '0.1', '1'),
    defType: fc.constantFrom('dismax', 'edismax', 'edismax', 'lucene'),
  },
  { requiredKeys: ['q'] },
);

/** A request of `package_search`, without rows and order. */
export const searchRequest: fc.Arbitrary<SearchRequest> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ q: lucene }) },
  { weight: 4, arbitrary: scattered },
  { weight: 2, arbitrary: fc.record({ q: lucene, defType: fc.constant('edismax') }) },
  { weight: 2, arbitrary: fc.record({ q: lucene, fq: lucene }) },
  { weight: 1, arbitrary: fc.record({ fq_list: fc.array(lucene, { minLength: 1, maxLength: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ q: noise }) },
  { weight: 1, arbitrary: fc.record({ q: noise, defType: fc.constantFrom('edismax', 'lucene') }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.record({ q: lucene }), facets).map(([q, some]) => ({ ...q, ...some })),
  },
);
