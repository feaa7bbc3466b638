import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldParams, parseFields } from './fields.ts';

const params = (text: string) => ({ ...fieldParams(parseFields(text)) });

describe('fields of a form or a query', () => {
  it.each([
    ['y=&z', { y: '', z: '' }],
    ['a=1&a=2&b=3', { a: ['1', '2'], b: '3' }],
    ['a=one+one%20%2B', { a: 'one one +' }],
    ['a=%FF', { a: '\ufffd' }],
    ['a=100%', { a: '100%' }],
    ['&&', {}],
    ['a=b=c', { a: 'b=c' }],
  ])('%j are %j', (text, expected) => {
    expect(params(text)).toEqual(expected);
  });

  it('named like an object’s prototype are fields', () => {
    expect(Object.keys(fieldParams(parseFields('__proto__=1&constructor=2')))).toEqual([
      '__proto__',
      'constructor',
    ]);
  });

  it('come back as a client encoded them', () => {
    const wellFormed = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.tuple(wellFormed, wellFormed)), (fields) => {
        const sent = fields.filter(([name, value]) => name !== '' || value !== '');
        expect(parseFields(new URLSearchParams(sent).toString())).toEqual(sent);
      }),
    );
  });
});
