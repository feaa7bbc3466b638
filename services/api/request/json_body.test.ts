import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadRequest } from './bad_request.ts';
import { parseJsonBody } from './json_body.ts';
import { pythonRepr } from './python_repr.ts';

const parse = (text: string, depth = 10) => parseJsonBody(Buffer.from(text), depth);

describe('a JSON body', () => {
  it.each([
    ['[1]', '[1]'],
    ['null', 'None'],
    ['"x"', "'x'"],
    ['true', 'True'],
    ['3.5', '3.5'],
    ['["it\'s"]', '["it\'s"]'],
  ])('that is %s is refused in Python’s words', (text, shown) => {
    expect(() => parse(text)).toThrow(
      `Bad request - JSON Error: Request data JSON decoded to ${shown} but it needs to be a dictionary.`,
    );
  });

  it.each(['{', ' ', "{'id': 1}", 'id=x', '{"id": NaN}'])('that is %j is refused as malformed', (text) => {
    expect(() => parse(text)).toThrow(/^Bad request - JSON Error: Error decoding JSON data\./);
  });

  it('that is not UTF-8 is refused', () => {
    expect(() => parseJsonBody(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 10)).toThrow(
      BadRequest,
    );
  });

  it('may begin with a byte order mark', () => {
    expect(parse('\ufeff{"id": "x"}')).toEqual({ id: 'x' });
  });

  it('takes the last of two values of one key', () => {
    expect(parse('{"id": 1, "id": 2}')).toEqual({ id: 2 });
  });

  it('is refused when it nests too deep, brackets in texts not counted', () => {
    expect(parse(`{"a": "${'['.repeat(50)}", "b": [[[["\\"[[[["]]]]}`, 5)).toHaveProperty('b');
    expect(() => parse(`{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 100)).toThrow(
      'nested more than 100 deep',
    );
  });

  it('of any object comes back as it was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        expect(parse(JSON.stringify(value), 1000)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('Python’s way of printing', () => {
  it.each([
    [{ a: [null, false] }, "{'a': [None, False]}"],
    ['a"b', "'a\"b'"],
    ['a\nb\\', "'a\\nb\\\\'"],
  ])('shows %j as %s', (value, shown) => {
    expect(pythonRepr(value)).toBe(shown);
  });
});
