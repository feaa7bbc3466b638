import { expect, it } from 'vitest';
import { BadSearchOption } from './bad_request.ts';
import { convertLegacyParameters, convertResourceParameters, renamePaging } from './legacy_search.rules.ts';

const fq = '+capacity:public';

it.each([
  [{}, {}],
  [{ q: 'high+wages' }, { q: 'high wages' }],
  [{ title: 'bob perkins' }, { q: 'title:"bob perkins"' }],
  [{ title: 'Pop!' }, { q: 'title:Pop\\!' }],
  [{ title: '  ' }, {}],
  [{ tags: 'russian' }, { q: 'tags:"russian"' }],
  [{ tags: ['russian', 'multi word'] }, { q: 'tags:"russian" tags:"multi word"' }],
  [{ q: 'a', title: 'b', notes: 'c+d' }, { q: 'a title:b notes:"c d"' }],
  [
    { limit: '20', offset: '40', order_by: 'name' },
    { rows: 20, start: 40, sort: 'name asc' },
  ],
  [{ order_by: 'rank', all_fields: '1' }, { fl: '*' }],
  [{ all_fields: 'no' }, {}],
  [
    { fq: 'capacity:private', rows: '3', sort: 'id asc', 'facet.field': '["tags"]' },
    { rows: '3', sort: 'id asc', 'facet.field': '["tags"]' },
  ],
])('%j is the search %j of what is public', (given, converted) => {
  expect(convertLegacyParameters(given)).toEqual({ fq, ...converted });
});

it.each([
  [{ limit: 'x' }, "Bad search option: Value for search option 'limit' must be an integer but received 'x'"],
  [{ filter_by_openness: '1' }, "Bad search option: Search option 'filter_by_openness' is not supported"],
  [{ tags: { a: 1 } }, "Bad search option: Value for search option 'tags' must be a text or a list of texts"],
  [
    { all_fields: 'maybe' },
    "Bad search option: Value for search option 'all_fields' must be true or false but received 'maybe'",
  ],
])('%j is refused', (given, message) => {
  expect(() => convertLegacyParameters(given)).toThrow(new BadSearchOption(message.slice(19)));
});

it('version 3 knows limit and offset beside its own names, which win', () => {
  expect(renamePaging({ q: 'a', limit: '5', offset: '10' })).toEqual({ q: 'a', rows: '5', start: '10' });
  expect(renamePaging({ rows: '7', limit: '5' })).toEqual({ rows: '7' });
});

it('a resource search takes each word by itself and leaves q out', () => {
  expect(
    convertResourceParameters({ q: 'x', format: 'CSV', name: 'a b', all_fields: '1', limit: '2' }),
  ).toEqual({
    params: { limit: 2, query: ['format:CSV', 'name:a', 'name:b'] },
    allFields: true,
  });
});
