import { describe, expect, it } from 'vitest';
import { madeFor, validatorsOf } from './validators.rules.ts';

const date = 'Sat, 28 Nov 2026 12:00:10 GMT';
const before = 'Sat, 28 Nov 2026 12:00:09 GMT';

describe('the version of an answer', () => {
  it.each([
    ['nothing', {}, undefined],
    ['an empty ETag', { etag: '' }, undefined],
    ['a weak ETag', { etag: 'W/"1"' }, { etag: 'W/"1"' }],
    ['a time before the answer', { date, 'last-modified': before }, { lastModified: before }],
    ['a time of the same second, in which it may change again', { date, 'last-modified': date }, undefined],
    ['a time that no clock of the server confirms', { 'last-modified': before }, undefined],
    ['a time that is none', { date, 'last-modified': 'yesterday' }, undefined],
    ['both', { etag: '"1"', date, 'last-modified': before }, { etag: '"1"', lastModified: before }],
    [
      'an ETag beside a time of the same second',
      { etag: '"1"', date, 'last-modified': date },
      { etag: '"1"' },
    ],
  ])('that has %s', (_, headers, expected) => expect(validatorsOf(headers)).toEqual(expected));
});

it('is another one for another address, type or configuration', () => {
  const source = { url: 'http://feed.test/', type: 'waf', config: '{}' };
  const others = [{ url: 'http://feed.test/2' }, { type: 'gemini-waf' }, { config: '{"a": 1}' }];
  expect(madeFor(source)).toBe(madeFor({ ...source }));
  for (const other of others) expect(madeFor({ ...source, ...other })).not.toBe(madeFor(source));
});
