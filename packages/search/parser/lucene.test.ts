import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processorTime } from '../../../test/harness/processor_time.ts';
import { describeQuery } from '../ast/describe_query.ts';
import { checkClauses } from './limits.ts';
import { parseLucene } from './lucene.ts';
import { QuerySyntaxError } from './syntax_error.ts';

const now = Date.parse('2024-06-15T12:00:00Z');
const read = (text: string, lowercaseOperators: 'fielded' | 'strict' = 'strict') =>
  describeQuery(parseLucene(text, { now, lowercaseOperators }));

describe('the lucene parser', () => {
  it.each([
    ['a b title:x', '(+(+text:a +text:b) +title:x)'],
    ['title:flood risk', '(+title:flood +text:risk)'],
    ['title:(flood risk)', '(+title:flood +title:risk)'],
    ['wi-fi hot', '(+text:wi +text:fi +text:hot)'],
    ['tags:(flood air)', '(tags:flood tags:air)'],
    ['tags:"Air Quality"', 'tags:Air Quality'],
    ['tags:public\\ transport', 'tags:public transport'],
    ['title:"£25,000 x"~3', 'title:"25 000 x"~3'],
    ['title:& x', 'text:x'],
    ['constructor', 'text:constructor'],
    ['title:&', '-*:*'],
    ['title:&^-1 title:a', 'title:a'],
    ['title: x', 'title:x'],
    ['/* c */ a', 'text:a'],
    ['a /* x /* y */ b', 'text:a'],
    ["O'Neill's", '(+text:o +text:neill)'],
    ['*', '*:*'],
    ['*:*', '*:*'],
    ['title:*', 'title:*'],
    ['title:(* a)', '(+title:* +title:a)'],
    ['title:Wör*d?', 'title:wor*d?'],
    ['name:a\\*b*', 'name:a*b*'],
    ['title:/A.b/', 'title:/a.b/'],
    ['title:roam~', 'title:roam~2'],
    ['title:quality~1', 'title:quality~1'],
    ['title:a~3', 'title:a~2'],
    ['a*b~', 'text:a*b'],
    ['a^3~1', 'text:a~1^3'],
    ['title:a^=3', 'title:a^=3'],
    ['title:[A TO C}', 'title:[a TO c}'],
    ['name:{A TO *]', 'name:{A TO *]'],
    ['theme-primary:["" TO *]', 'theme-primary:["" TO *]'],
    ['title:[* TO *]', 'title:*'],
    ['filter(a)', 'text:a^=0'],
    ['title:a filter(-b:c && title:&)', '(+title:a +(-b:c)^=0)'],
    ['filter(-b:c -b:d)', '(+*:* -b:c -b:d)^=0'],
    ['title:a filter(title:&)', '(+title:a +-*:*)'],
    ['tag\\:x:y', 'tag:x:y'],
    ['title:{!a TO b]', 'title:{!a TO b]'],
    ['name:[\ta  TO \n \u3000b ]', 'name:[\ta TO \u3000b]'],
    ['GB', 'text:<gb gib gigabyt gigabyt>'],
  ])('reads %s', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    ['title:a OR title:b AND title:c', '(+title:b +title:c title:a)'],
    ['title:a AND title:b OR title:c', '(+title:a title:b title:c)'],
    ['title:a OR title:b title:c', '(+title:c title:a title:b)'],
    ['-title:a OR title:b', '(title:b -title:a)'],
    ['title:a OR +title:b', '(title:a title:b)'],
    ['title:a && !title:b', '(+title:a -title:b)'],
    ['-title:a', '(+*:* -title:a)'],
    ['NOT title:a', '(+*:* -title:a)'],
    ['(-title:a)', '(-title:a)'],
    ['title:a AND (-title:b)', '(+title:a +(-title:b))'],
    ['title:a - title:b', '(+title:a +title:b)'],
    ['title:& OR title:a', 'title:a'],
  ])('resolves %s from left to right, without precedence', (text, expected) =>
    expect(read(text)).toBe(expected),
  );

  it.each([
    'review_date:20*1',
    'review_date:2020**',
    'minx:?',
    'minx:/1.*/',
    'minx:1~',
    'metadata_created:x~0.5',
  ])('finds nothing by the shape of a number: %s', (text) => expect(read(text)).toBe('-*:*'));

  it.each([
    ['minx:1f', 'minx:[1 TO 1]'],
    ['minx:" -.5e1d "', 'minx:[-5 TO -5]'],
    ['minx:[51.4 TO NaN]', 'minx:[51.4 TO *]'],
    ['minx:{-1e39 TO 1e39}', 'minx:*'],
    ['minx:[-Infinity TO 2]', 'minx:[* TO 2]'],
    ['minx:NaN', '-*:*'],
    ['minx:[Infinity TO *]', '-*:*'],
    ['minx:[* TO -Infinity]', '-*:*'],
    ['views_total:[+2 TO 3]', 'views_total:[2 TO 3]'],
  ])('reads the numbers of %s as Java does', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    ['metadata_modified:[NOW-7DAY/DAY TO NOW]', '2024-06-08T00:00:00.000Z', '2024-06-15T12:00:00.000Z'],
    ['review_date:"2020-01-31T00:00:00Z+1MONTH"', '2020-02-29T00:00:00.000Z', '2020-02-29T00:00:00.000Z'],
    ['review_date:2024-06-08T00\\:00\\:00Z', '2024-06-08T00:00:00.000Z', '2024-06-08T00:00:00.000Z'],
  ])('reads the dates of %s', (text, lower, upper) => {
    expect(parseLucene(text, { now, lowercaseOperators: 'strict' })).toMatchObject({
      kind: 'numberRange',
      lower: { value: Date.parse(lower) },
      upper: { value: Date.parse(upper) },
    });
  });

  it.each([
    'a OR',
    'AND',
    'NOT',
    'title:',
    'title:()',
    '(a',
    '()',
    'a)',
    '"a',
    'a\\',
    'http://x.example',
    '//',
    'title:[a b]',
    'title:[a TO ]',
    'title:[a to b]',
    'title:[a TO\nb]',
    'title:[\t"a b" TO c]',
    'a^x',
    'a^-1',
    'a^-0',
    `a^${'9'.repeat(39)}`,
    'a^=-1',
    '(a)^-1',
    'a^2^3',
    'a^.5',
    'title:a~1.5',
    '--a',
    'NOT NOT a',
    '+-a',
    'a:b:c',
    'a\\u00zz',
    'review_date:2020',
    'review_date:[2020-01-01 TO *]',
    'review_date:2020*',
    'metadata_modified:[NOW-7day TO *]',
    'metadata_modified:[2021-02-29T00:00:00Z TO *]',
    'views_total:x',
    'views_total:2.0',
    'minx:0x10',
    'minx:" "',
    'a {!lucene v=b}',
    '_query_:"a"',
    '_val_:"1"',
  ])('refuses %s', (text) => expect(() => read(text)).toThrow(QuerySyntaxError));

  it.each(['title:', '(title:a', 'title:a AND', 'title:[a b]', 'a)'])(
    'says what it cannot read: %s',
    (text) => expect(() => read(text)).toThrow(`Cannot parse '${text}': Encountered`),
  );

  it('refuses parentheses without end before they fill the stack', () => {
    expect(() => read('('.repeat(90_000))).toThrow(QuerySyntaxError);
    expect(() => read(`${'('.repeat(90_000)}a${')'.repeat(90_000)}`)).toThrow('nest deeper');
  });
});

describe('a lower-case and, or', () => {
  it.each([
    ['state:active and dataset_type:dataset', '(+state:active +dataset_type:dataset)'],
    ['state:active or type:x', '(state:active type:x)'],
    ['state:active and -extras_x:* and type:y', '(+state:active +type:y -extras_x:*)'],
    ['state:active and extras_x:["" TO *] and type:y', '(+state:active +extras_x:["" TO *] +type:y)'],
    ['(a b) and title:x', '(+(+text:a +text:b) +title:x)'],
    ['title:x and (a OR b)', '(+title:x +(text:a text:b))'],
    ['title:search and rescue', '(+title:search +(+text:and +text:rescu))'],
    ['title:flood risk and title:x', '(+title:flood +(+text:risk +text:and) +title:x)'],
    ['title:"a" and title:and', '(+title:a +title:and)'],
    ['title:a not title:b', '(+title:a +text:not +title:b)'],
    ['title:a^2 and title:b~1', '(+title:a^2 +title:b~1)'],
  ])('is an operator between fielded clauses only: %s', (text, expected) =>
    expect(read(text, 'fielded')).toBe(expected),
  );

  it('is a word when told to be strict', () =>
    expect(read('state:active and type:x')).toBe('(+state:active +text:and +type:x)'));
});

const fragments = fc.constantFrom(
  'a',
  'flood',
  'title:',
  'tags:',
  'metadata_modified:',
  ' ',
  ' AND ',
  ' OR ',
  ' NOT ',
  ' and ',
  '+',
  '-',
  '!',
  '(',
  ')',
  '"',
  '*',
  '?',
  '~',
  '^2',
  '^',
  '[',
  ']',
  '{',
  '}',
  ' TO ',
  '/',
  '\\',
  '/*',
  '*/',
  'filter(',
  '{!',
  'é',
  '2021-22',
  'NOW',
  '\u0000',
  '\ud800',
  'wi-fi',
);

describe('any text', () => {
  it('is a query or a syntax error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fragments, { maxLength: 30 }).map((parts) => parts.join('')),
        ),
        fc.constantFrom('fielded' as const, 'strict' as const),
        (text, lowercaseOperators) => {
          try {
            parseLucene(text, { now, lowercaseOperators });
          } catch (error) {
            expect(error).toBeInstanceOf(QuerySyntaxError);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each(['(', '"', '/*', '\\', '[', '*', 'a^', '!', '~', 'a OR ', '{!', '/a'])(
    'of a hundred thousand %s is read in no time',
    (part) => {
      const text = part.repeat(Math.floor(100_000 / part.length));
      const spent = processorTime();
      try {
        parseLucene(text, { now, lowercaseOperators: 'fielded' });
      } catch (error) {
        expect(error).toBeInstanceOf(QuerySyntaxError);
      }
      expect(spent()).toBeLessThan(3000);
    },
  );
});

describe('the clauses of a query', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const distinct = letters.flatMap((one) => letters.flatMap((two) => [`${one}${two}q`, `${one}${two}x`]));
  const words = (start: number, end: number) => distinct.slice(start, end).join(' OR ');
  const reading = (text: string) => () =>
    checkClauses(parseLucene(text, { now: 0, lowercaseOperators: 'strict', scored: true }), true);

  it('are at most 1,024, those of all levels together', () => {
    expect(reading(words(0, 1024))).not.toThrow();
    expect(reading(words(0, 1025))).toThrow(QuerySyntaxError);
    expect(reading(`(${words(0, 600)}) OR (${words(600, 1200)})`)).toThrow(QuerySyntaxError);
  });

  it('are one on a level where they are the same, but none may name more', () => {
    const same = Array.from({ length: 600 }, () => 'title:a').join(' OR ');
    expect(describeQuery(reading(`(${same}) OR (${same})`)())).toBe('((title:a^600) (title:a^600))');
    expect(reading(`${same} OR ${same}`)).toThrow(QuerySyntaxError);
  });
});
