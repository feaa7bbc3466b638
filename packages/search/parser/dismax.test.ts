import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processorTime } from '../../../test/harness/processor_time.ts';
import { describeQuery } from '../ast/describe_query.ts';
import { parseDismax } from './dismax.ts';
import { parseEdismax } from './edismax.ts';
import { QuerySyntaxError } from './syntax_error.ts';

const options = {
  now: 0,
  fields: [
    { name: 'tags', boost: 2 },
    { name: 'text', boost: 1 },
  ],
  tie: 0.1,
  minimumMatch: '2<-1 5<80%',
};
const both = (word: string, stem = word) => `(tags:${word}^2 | text:${stem})~0.1`;
const dismax = (text: string) => describeQuery(parseDismax(text, options));
const edismax = (text: string) => describeQuery(parseEdismax(text, options));

describe('the dismax parser', () => {
  it.each([
    ['flood', both('flood')],
    ['flood risk', `(${both('flood')} ${both('risk')})~2`],
    ['a b c', `(${both('a')} ${both('b')} ${both('c')})~2`],
    ['a b c d e f g', `(${[...'abcdefg'].map((word) => both(word)).join(' ')})~5`],
    ['flood OR bus', `(${both('flood')} ${both('bus')})~2`],
    ['flood AND bus', `(+${both('flood')} +${both('bus')})`],
    ['flood -bus', `(${both('flood')} -${both('bus')})`],
    ['-flood', `(-${both('flood')})`],
    ['wi-fi', '(tags:wi-fi^2 | (text:wi text:fi))~0.1'],
    ['"air quality"', '(tags:air quality^2 | text:"air qualiti")~0.1'],
    ['"air', both('air')],
    ['roles &', `(${both('roles', 'role')} tags:&^2)~2`],
    ['title:x', '(tags:title:x^2 | (text:titl text:x))~0.1'],
    ['flo*', '(tags:flo*^2 | text:flo)~0.1'],
    ['a +- b', `(${both('a')} ${both('b')})~2`],
    ['a +', both('a')],
    // To Java a no-break space parts no words, and its expressions know the blanks of ASCII only.
    ['a\u00a0--b', '(tags:a\u00a0--b^2 | (text:a text:b))~0.1'],
    ['a\u3000-- b', `(${both('a')} ${both('b')} -tags:-^2)~2`],
    [' ', '-*:*'],
  ])('reads %s', (text, expected) => expect(dismax(text)).toBe(expected));

  it('reads `mm` where there is more than one word', () => {
    const read = (text: string) => () => parseDismax(text, { ...options, minimumMatch: 'x' });
    expect(read('flood')).not.toThrow();
    expect(read('flood risk')).toThrow(QuerySyntaxError);
  });

  it.each(['flood AND', 'AND', '"', '+', '||'])('refuses %s', (text) =>
    expect(() => dismax(text)).toThrow(QuerySyntaxError),
  );

  it('has queries or syntax errors for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          parseDismax(text, options);
        } catch (error) {
          expect(error).toBeInstanceOf(QuerySyntaxError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the edismax parser', () => {
  it.each([
    ['flood risk', `(+${both('flood')} +${both('risk')})`],
    ['a OR b', `(${both('a')} ${both('b')})~2`],
    [
      'wi-fi spot',
      '((+tags:wi-fi +tags:spot)^2 | (+text:wi +text:fi +text:spot))~0.1'.replace(
        '(+tags:wi-fi',
        '(+tags:wi-fi',
      ),
    ],
    ['GB x', '((+tags:GB +tags:x)^2 | (+text:<gb gib gigabyt gigabyt> +text:x))~0.1'],
    ['title:a b c', `(+title:a +(+${both('b')} +${both('c')}))`],
    ['x (-a)', `(+${both('x')} +(+*:* -${both('a')}))`],
    ['-a', `(+*:* -${both('a')})`],
    ['tags:(a b)', '(+tags:a +tags:b)'],
    ['flo*', '(tags:flo*^2 | text:flo*)~0.1'],
    ['*', '*:*'],
    ['x AND', `(+${both('x')} +(tags:AND^2 | text:and)~0.1)`],
    ['title:[', '-*:*'],
    ['review_date:bad', '-*:*'],
    ['review_date:[x TO y] b', both('b')],
    ['"air', '(tags:"air^2 | text:air)~0.1'],
    ['NOT a\\', `(+*:* -${both('a')})`.replace('tags:a', 'tags:a ')],
    ['(a', '(tags:(a^2 | text:a)~0.1'],
    ['title: x', `(+(tags:title:^2 | text:titl)~0.1 +${both('x')})`],
    ['a\u00a0[b', '(tags:a\u00a0[b^2 | (+text:a +text:b))~0.1'],
    ['a\u0001:b', 'a\u0001:b'],
    ['title:', '(tags:title:^2 | text:titl)~0.1'],
  ])('reads %s', (text, expected) => expect(edismax(text)).toBe(expected));

  it('reads `mm` unless words are only excluded', () => {
    const read = (text: string) => () => parseEdismax(text, { ...options, minimumMatch: 'x' });
    expect(read('-flood')).not.toThrow();
    expect(read('flood risk')).toThrow(QuerySyntaxError);
    expect(read('text:flood')).toThrow(QuerySyntaxError);
  });

  it('passes over a text of several terms where `mm` cannot be read', () => {
    const read = (text: string) => describeQuery(parseEdismax(text, { ...options, minimumMatch: 'x' }));
    expect(read('title:wi-fi OR text:flood')).toBe('text:flood');
    expect(read('flood risk -air')).toBe(`(+*:* -${both('air')})`);
    expect(() => read('wi-fi spot')).toThrow(QuerySyntaxError);
  });

  it('never refuses a text for its syntax', () => {
    const word = fc.constantFrom(
      'a',
      ' ',
      '"',
      '(',
      ')',
      'title:',
      '[',
      '^',
      '~',
      '\\',
      ' AND ',
      '+',
      '-',
      '*',
      ':',
      '/',
      '{!',
      'é',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        try {
          parseEdismax(words.join(''), options);
        } catch (error) {
          // What Solr refuses even with everything escaped: a sign without a word.
          expect(error).toBeInstanceOf(QuerySyntaxError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

it.each([' ', '\t', ' +', '\n-', '+ '])(
  'a hundred kilobytes of %j around a word are read in no time',
  (space) => {
    const many = space.repeat(50_000 / space.length);
    const spent = processorTime();
    try {
      parseDismax(`${many}a${many}b`, options);
    } catch (error) {
      expect(error).toBeInstanceOf(QuerySyntaxError);
    }
    expect(spent()).toBeLessThan(1000);
  },
);
