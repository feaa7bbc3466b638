import fc from 'fast-check';
import { expression } from './expressions.ts';
import { formats, groups, organizations, tagNames } from './search_corpus.ts';
import { dateFields, exactFields, numberFields, partFields, textFields } from './search_fields.ts';

const escapeSigns = (text: string) => text.replace(/[+\-&|!(){}[\]^"~*?:\\/\s]/g, '\\$&');
const asCode = (text: string) =>
  text.replace(/[^\s]/, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
const escapeAll = (text: string) => Array.from(text, (sign) => (sign === 'u' ? sign : `\\${sign}`)).join('');
const oddEscapes = [
  '\\',
  '\\u',
  '\\u00',
  '\\u00zz',
  '\\u0020',
  '\\u0000',
  '\\ud83d\\ude00',
  '\\ud83d',
  '\\n',
  '\\\\',
  '\\*',
  '\\é',
];
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(''));

const slop = fc.constantFrom('', '', '', '', '~1', '~2', '~5', '~0', '~', '~2.7', '^2~1', ' ~3');
const boost = fc.oneof(
  { weight: 12, arbitrary: fc.constant('') },
  { weight: 12, arbitrary: fc.constantFrom('^2', '^0.5', '^=3', '^0', '^=0.1', ' ^2', '^ 2', '^1000000') },
  { weight: 1, arbitrary: fc.constantFrom('^1.5e1', '^.5', '^-1', '^=-1', '^2^3') },
);
const bracket = (inside: fc.Arbitrary<string>) =>
  fc
    .tuple(
      fc.constantFrom('[', '{', '[', '{', '[', '[ ', '{\t'),
      inside,
      fc.constantFrom(...Array<string>(30).fill(' TO '), '  TO\n', ' to ', ' '),
      inside,
      fc.constantFrom(']', '}', ']', '}', ' ]', ' }'),
    )
    .map((parts) => parts.join(''));
const moment = joined(
  fc.constantFrom(
    'NOW',
    '2022-02-28T12:00:00Z',
    '2024-02-29T23:59:59.999Z',
    '2020-01-31T00:00:00Z',
    '2021-03-12T00:00:00.5Z',
    '0001-01-01T00:00:00Z',
    '-0044-03-15T00:00:00Z',
    '+12020-01-01T00:00:00Z',
    '2020-02-30T00:00:00Z',
    '2020-01-01',
    '2020-01-31T24:00:00Z',
    '2016-12-31T23:59:60Z',
    '2021-3-1T1:2:3Z',
    '2021-03-01T01:02:03z',
    '2021-03-01T01:02:03+00:00',
    '2021-03-01T01:02:03.1234567891Z',
    'now',
    'NOW NOW',
  ),
  fc.constantFrom(
    '',
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
    '/DATE-3MILLIS',
    '+1MONTHS-1DAYS/MONTH',
    '-18MONTHS/YEAR+1SECOND',
    '+0DAY',
    '/DAY+6MONTHS+3DAYS',
    '/HOUR/MONTH',
    '-1MILLISECOND',
    '+1DAY/WEEK',
    '-13MONTHS/MONTH-1MILLI',
    '+2147483647YEARS',
    '/',
    '+DAY',
    '+1',
    ' +1DAY',
  ),
);
const number = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('0', '-5', '51.4', '1e1', '-8.0', '179', '"-5"', '+2', '.5', '5.', '1f'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('x', '-0', 'NaN', '-NaN', 'Infinity', '-Infinity', '1e39', '0x1', '1_0'),
  },
);
const sign = fc.constantFrom(
  ...Array<string>(12).fill(''),
  '-',
  '-',
  '+',
  '+',
  'NOT ',
  'NOT ',
  '!',
  '!',
  '- ',
  '! ',
);
const joint = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  '',
  '\n\t',
  ' AND ',
  ' OR ',
  ' && ',
  ' || ',
  ' and ',
  ' or ',
  ' /* no */ ',
  '\u3000',
  '\u00a0',
  ' not ',
);
const colon = fc.constantFrom(':', ':', ':', ':', ':', ':', ': ', ' :', ' : ', '\u3000:\t');
/** Names of fields that take some writing. */
const oddFields = [
  'extras_Odd\\ Key\\!',
  'extras_\\u004fddKey',
  'theme\\-primary',
  'extras_theme\\-primary',
  'ti\\tle',
  'a\\:b',
  '日本',
  'TITLE',
  '*',
  '2',
  '$x',
  'title.x',
];

/** Texts of the query language over these words: single clauses, and whole queries as `lucene`. */
export function clausesOf(words: readonly string[]) {
  const word = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words) },
    { weight: 2, arbitrary: fc.constantFrom(...words).map((one) => one.toUpperCase()) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }) },
  );
  const escaped = fc.oneof(
    { weight: 24, arbitrary: word.map(escapeSigns) },
    { weight: 3, arbitrary: word.map(asCode) },
    { weight: 2, arbitrary: word.map(escapeAll) },
    { weight: 1, arbitrary: joined(word.map(escapeSigns), fc.constantFrom(...oddEscapes)) },
  );
  const named = fc.constantFrom(...tagNames, ...organizations, ...formats, ...groups);
  const value = fc.oneof(escaped, named.map(escapeSigns));
  const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
  const quoted = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.array(word, { minLength: 1, maxLength: 4 }).map((some) => quote(some.join(' '))),
    },
    { weight: 1, arbitrary: named.map(quote) },
  );
  const wild = fc
    .tuple(fc.constantFrom(...words), fc.nat(5), fc.constantFrom('*', '?', '*?', '**'))
    .map(([one, at, mark]) => `${escapeSigns(one.slice(0, at))}${mark}${escapeSigns(one.slice(at + 1))}`);
  const fuzzy = joined(escaped, fc.constantFrom('~', '~1', '~2', '~0.7', '~0.5', '~0', '~3'));
  const textRange = bracket(
    fc.oneof(
      fc.constantFrom(
        ...['*', '""', '"b c"', 'a', 'm', 'Z', '2021', 'É', '日', 'a\\ b', '"*"'],
        ...['a:b', 'TO', '\\*', '"a\\"b"', '\\"', "'", '(', '~', '^', '+', 'a\\]b', '\\u0061', '*a', '"TO"'],
      ),
      fc.constantFrom(...words).map(escapeSigns),
      named.map((text) => `"${text}"`),
    ),
  );
  const leaf = fc.oneof(
    { weight: 4, arbitrary: escaped },
    { weight: 3, arbitrary: joined(quoted, slop) },
    { weight: 2, arbitrary: wild },
    { weight: 1, arbitrary: fuzzy },
    { weight: 1, arbitrary: expression },
    { weight: 1, arbitrary: fc.constant('*') },
  );
  const inField = (fields: readonly string[], inside: fc.Arbitrary<string>) =>
    fc.tuple(fc.constantFrom(...fields), colon, inside).map((parts) => parts.join(''));
  const fielded = fc.oneof(
    { weight: 10, arbitrary: inField(textFields, leaf) },
    { weight: 6, arbitrary: inField(exactFields, fc.oneof(value, leaf)) },
    { weight: 2, arbitrary: inField([...textFields, ...exactFields], textRange) },
    { weight: 2, arbitrary: inField(dateFields, bracket(fc.oneof(fc.constant('*'), moment))) },
    {
      weight: 1,
      arbitrary: inField(
        dateFields,
        fc.oneof(
          moment.map((text) => `"${text}"`),
          moment.map(escapeSigns),
          fc.constant('*'),
          leaf,
        ),
      ),
    },
    {
      weight: 1,
      arbitrary: inField(
        numberFields,
        fc.oneof(
          bracket(fc.oneof(fc.constant('*'), number)),
          number.map(escapeSigns),
          fc.constant('*'),
          leaf,
        ),
      ),
    },
    { weight: 1, arbitrary: inField(partFields, value) },
    { weight: 1, arbitrary: inField(oddFields, leaf) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...['*:*', '*:flood', 'tags:[* TO *]', '*:[* TO *]', 'title:(*)', '*:"*"', '*:(a)', 'minx:[* TO *]'],
      ),
    },
  );
  const { lucene } = fc.letrec<{ lucene: string; clause: string }>((tie) => ({
    clause: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'query' },
      { weight: 5, arbitrary: joined(fielded, boost) },
      { weight: 2, arbitrary: joined(leaf, boost) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom('(', '(', '(', '( ', 'filter('), tie('lucene'), boost)
          .map(([open, inside, weight]) => `${open}${inside})${weight}`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom(...textFields, ...exactFields), tie('lucene'), boost)
          .map(([field, inside, weight]) => `${field}:(${inside})${weight}`),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(
            fc.constantFrom(...textFields, ...exactFields),
            fc.array(fc.tuple(sign, value), { minLength: 1, maxLength: 4 }),
            joint,
          )
          .map(([field, some, by]) => `${field}:(${some.map((parts) => parts.join('')).join(by)})`),
      },
    ),
    lucene: fc
      .array(fc.tuple(sign, tie('clause'), joint), { minLength: 1, maxLength: 4, depthIdentifier: 'query' })
      .map((parts) => parts.map(([mark, clause, by], at) => `${at > 0 ? by : ''}${mark}${clause}`).join('')),
  }));
  const free = fc
    .array(
      fc.tuple(sign, fc.oneof({ weight: 5, arbitrary: word }, { weight: 2, arbitrary: quoted }), joint),
      {
        minLength: 1,
        maxLength: 7,
      },
    )
    .map((parts) => parts.map(([mark, one, by], at) => `${at > 0 ? by : ''}${mark}${one}`).join(''));
  const noise = fc
    .array(
      fc.oneof(
        word,
        fc.constantFrom(...'+-!():^[]"{}~*?\\/&|, '.split(''), 'AND', 'OR', 'NOT', 'TO', 'title:', 'filter('),
      ),
      { minLength: 1, maxLength: 10 },
    )
    .map((parts) => parts.join(''));
  return { lucene, free, noise };
}
