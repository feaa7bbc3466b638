const words = (count: number, word = 'w') => Array.from({ length: count }, (_, number) => `${word}${number}`);
const letters = 'etaoinshrdlucm';
const pairs = (count: number) =>
  Array.from(
    { length: count },
    (_, number) => letters[number % 14]! + letters[Math.floor(number / 14) % 14]!,
  );
const deep = (levels: number) => `${'('.repeat(levels)}tea${')'.repeat(levels)}`;
/** Words of letters alone: none is cut into two. */
const plain = (count: number) =>
  Array.from({ length: count }, (_, number) =>
    number.toString(26).replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))),
  );
const noise = `"'\\^~*?:[]{}()<>&|!+-/#@`;

/** Searches that would take an engine far longer than anybody waits, or that nobody can mean: what, and the parameters. */
export const hostileSearches: [what: string, parameters: Record<string, unknown>][] = [
  ['as many clauses as there may be', { q: words(1024).join(' OR ') }],
  ['more clauses than there may be', { q: words(5000).join(' OR ') }],
  ['20,000 tags', { fq: `tags:(${words(20_000).join(' OR ')})` }],
  ['a megabyte of ids', { fq: `id:(${words(110_000).join(' ')})` }],
  ['as many tags as there may be clauses', { q: `tags:(${words(1024).join(' OR ')})` }],
  ['200 filters', { fq_list: words(200).map((word) => `text:${word}`) }],
  ['100,000 filters', { fq_list: words(100_000).map((word) => `tags:${word}`) }],
  ['a filter that is a text', { fq_list: 'tea '.repeat(200_000) }],
  [
    '200 filters of a thousand words',
    { fq_list: words(200).map((word) => `text:(${words(1000, word).join(' OR ')})`) },
  ],
  ['100 kB of text', { q: 'tea '.repeat(25_000) }],
  ['a megabyte of text', { q: 'tea '.repeat(250_000) }],
  ['one endless word', { q: 'x'.repeat(90_000) }],
  ['a phrase of thousands of words', { q: `"${words(9000).join(' ')}"` }],
  ['a phrase of one word, 16,000 times', { q: `"${'tea '.repeat(16_000)}"` }],
  ['a phrase of 8,000 plain words', { q: `"${plain(8000).join(' ')}"` }],
  ['a phrase longer than any text', { q: `title:"${words(18_000).join(' ')}"` }],
  ['a phrase with a huge slop', { q: '"tea leaf"~1000000000' }],
  ['a phrase of many words with a slop', { q: `"${words(30).join(' ')}"~30` }],
  [
    '500 sloppy phrases',
    {
      q: words(500)
        .map((word) => `"tea ${word} leaf"~90`)
        .join(' OR '),
    },
  ],
  ['nested parentheses', { q: deep(400) }],
  ['too many nested parentheses', { q: deep(20_000) }],
  [
    'a thousand nested boosts',
    { q: `${'('.repeat(450)}tea${'^1.1)'.repeat(450)} OR ${'('.repeat(450)}tea${'^1.1)'.repeat(450)}` },
  ],
  ['everything, a thousand times', { q: '*:* '.repeat(1000) }],
  ['everything but something, over and over', { q: '(*:* -title:a) '.repeat(6000) }],
  ['everything required and optional', { q: '(+*:* *:*^2) '.repeat(1000) }],
  ['nested negations', { q: `${'-('.repeat(300)}tea${')'.repeat(300)}` }],
  ['unbalanced parentheses', { q: '((tea' }],
  ['an open quote', { q: 'title:"tea' }],
  ['a lone operator', { q: 'AND OR NOT' }],
  ['noise', { q: noise.repeat(200) }],
  ['noise in a filter', { fq: noise.repeat(200) }],
  ['a wildcard of stars', { q: `title:${'*a'.repeat(500)}*` }],
  ['a wildcard of question marks', { q: `title:${'?'.repeat(5000)}` }],
  [
    'many wildcards',
    {
      q: words(900)
        .map((word) => `title:*${word}*`)
        .join(' OR '),
    },
  ],
  [
    '200 leading wildcards',
    {
      q: pairs(200)
        .map((pair) => `text:*${pair}*`)
        .join(' OR '),
    },
  ],
  ['a wildcard that thousands of terms have', { q: 'text:*a*' }],
  ['a wildcard that most terms have', { q: 'text:*e*', fq: 'text:?*' }],
  [
    '200 parts of names',
    {
      q: pairs(196)
        .map((pair) => `name_ngram:${pair}`)
        .join(' OR '),
    },
  ],
  [
    '200 wildcards in names',
    {
      q: pairs(196)
        .map((pair) => `name:*${pair}*x`)
        .join(' OR '),
    },
  ],
  [
    'a thousand ranges of dates',
    {
      q: words(1000, 'metadata_created:[NOW-')
        .map((word) => `${word}DAYS TO *]`)
        .join(' OR '),
    },
  ],
  ['a range of half of all terms', { q: 'text:[a TO m]' }],
  ['an expression that explodes', { q: 'title:/(a+)+b/' }],
  ['an expression of repetitions', { q: 'title:/((a{1,200}){1,200}){1,200}/' }],
  ['an expression of far-away letters', { q: 'notes:/.*a.{200}/' }],
  ['an expression that forbids far-away letters', { q: 'text:/~(.*a.{8})/' }],
  ['an expression of ten thousand letters', { q: 'text:/([a-z]{99}){100}/' }],
  [
    'many expressions',
    {
      q: words(200)
        .map((word) => `text:/.*${word}.*/`)
        .join(' OR '),
    },
  ],
  [
    'a thousand fuzzy words',
    {
      q: words(1000, 'counci')
        .map((word) => `text:${word}~2`)
        .join(' OR '),
    },
  ],
  ['an expression with an open bracket', { q: 'title:/[a-/' }],
  ['an expression that repeats nothing', { q: 'title:/*a/' }],
  ['an expression with a bad range', { q: 'title:/[z-a]/' }],
  ['an expression that refers back', { q: 'title:/(a)\\1/' }],
  ['an expression of a class that is not', { q: 'title:/[[:nope:]]/' }],
  ['an endless expression', { q: `title:/${'(a|b)*'.repeat(2000)}/` }],
  ['a range the wrong way', { q: 'metadata_modified:[2030-01-01T00:00:00Z TO 2020-01-01T00:00:00Z]' }],
  ['a range of no dates', { q: 'metadata_modified:[then TO now]' }],
  ['a date of no calendar', { q: 'metadata_modified:[0000-99-99T99:99:99Z TO *]' }],
  ['a date beyond counting', { q: 'metadata_modified:[NOW+999999999999YEARS TO *]' }],
  ['fuzziness beyond measure', { q: 'title:tea~99999' }],
  ['a boost beyond measure', { q: `title:tea^1${'0'.repeat(400)}` }],
  ['a boost that is no number', { q: 'title:tea^^^' }],
  ['a field of a strange name', { q: '__proto__:x constructor:y toString:z' }],
  ['a field with an endless name', { q: `${'f'.repeat(50_000)}:x` }],
  ['a half of a surrogate pair', { q: 'tea \ud800' }],
  ['a NUL', { q: 'tea \u0000' }],
  [
    '64 fields to sort by',
    {
      sort: words(64)
        .map((name) => `extras_${name} asc`)
        .join(','),
    },
  ],
  [
    '5,000 fields to sort by',
    {
      sort: words(5000)
        .map((name) => `extras_${name} asc`)
        .join(','),
    },
  ],
  ['an order that is none', { sort: 'name sideways' }],
  ['100 facets', { 'facet.field': words(100, 'extras_f') }],
  ['100 facets of all values', { 'facet.field': words(100, 'f'), 'facet.limit': -1, 'facet.mincount': 0 }],
  [
    'all values of what all have',
    { 'facet.field': ['name', 'id', 'tags', 'title_string'], 'facet.limit': -1 },
  ],
  ['all words of all texts', { 'facet.field': ['text'], 'facet.limit': -1 }],
  ['2,000 facets', { 'facet.field': words(2000) }],
  ['facets of strange names', { 'facet.field': ['__proto__', '', "a'b", 'ü'.repeat(2000)] }],
  [
    'query fields beyond number',
    {
      q: 'tea',
      qf: words(3000)
        .map((name) => `${name}^2`)
        .join(' '),
    },
  ],
  ['a minimum that is no number', { q: 'tea leaf', mm: '2<-25% 9<x' }],
  ['a minimum of a million', { q: 'tea leaf', mm: '1000000' }],
  ['a boost function that is none', { q: 'tea', bf: 'recip(ms(NOW,' }],
  ['a tie that is no number', { q: 'tea', tie: 'x' }],
  ['a boost of nested functions', { q: 'tea', bf: `${'sum('.repeat(5000)}1${')'.repeat(5000)}` }],
  ['thousands of constants', { q: 'tea', bf: words(20_000, '').join(' ') }],
  ['a boost query of nested parentheses', { q: 'tea', bq: deep(20_000) }],
  ['a parser that is none', { q: 'tea', defType: 'nosuch' }],
  ['nested local parameters', { q: '{!term f=tags v='.repeat(5000) }],
  ['local parameters without end', { fq: `{!field f=title v="${'a b='.repeat(50_000)}` }],
  ['an order by functions', { sort: `${'sum('.repeat(2000)}1${')'.repeat(2000)} desc` }],
  ['an order of blanks', { sort: `name${' '.repeat(100_000)}x` }],
  ['local parameters', { q: '{!frange l=0 u=1}sum(1,1)' }],
  ['a box the wrong way round', { ext_bbox: '10,10,-10,-10' }],
  ['a box beyond the earth', { ext_bbox: '-1e308,-1e308,1e308,1e308' }],
  ['a box of lists', { ext_bbox: [[1], [2], [3], [4]] }],
  ['a box of many numbers', { ext_bbox: '1,'.repeat(100_000) }],
  ['a box of words', { ext_bbox: 'a,b,c,d' }],
  ['a list of wildcards without end', { fl: `${'*'.repeat(60)}x` }],
  ['thousands of names with wildcards', { fl: words(50_000, '*').join(',') }],
  ['thousands of names', { fl: words(100_000) }],
  ['a list of an endless name', { fl: 'x'.repeat(50_000) }],
  ['a place beyond all places', { start: 2_000_000_000, rows: 10 }],
  ['a place beyond all numbers', { start: '9'.repeat(400) }],
  ['rows below nothing', { rows: -5, start: -7 }],
  ['rows beyond number', { rows: '9'.repeat(400), fl: 'id' }],
  ['a parameter with an endless name', { [`x${"'".repeat(200_000)}`]: 1 }],
];
