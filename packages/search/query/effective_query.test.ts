import { PortolanError } from '@portolan/kernel';
import { describe, expect, it } from 'vitest';
import { describeQuery } from '../ast/describe_query.ts';
import { effectiveQuery, type SearchConfig } from './effective_query.ts';

const config: SearchConfig = {
  rowsMax: 1000,
  defaultSort: 'score desc, metadata_modified desc',
  facetsLimit: 50,
  allowedParsers: ['term'],
  lowercaseOperators: 'fielded',
};
const now = Date.parse('2024-06-15T12:00:00Z');
const read = (given: Record<string, unknown>, labels: string[] | undefined = ['public']) =>
  effectiveQuery(given, { labels }, config, now);
const filters = (given: Record<string, unknown>, labels?: string[]) =>
  read(given, labels).filters.map(describeQuery);

function refusal(given: Record<string, unknown>): { status: number; body: Record<string, unknown> } {
  try {
    read(given);
  } catch (error) {
    if (error instanceof PortolanError)
      return { status: error.status, body: { message: error.publicMessage, ...error.fields } };
  }
  throw new Error('was not refused');
}

describe('the parameters of a search', () => {
  it('have defaults', () => {
    expect(read({})).toMatchObject({
      rows: 10,
      start: 0,
      sortText: config.defaultSort,
      query: { kind: 'everything' },
    });
    expect(read({ rows: '', q: '""', sort: 'rank' })).toMatchObject({
      rows: 10,
      query: { kind: 'everything' },
    });
    expect(read({ rows: 5000 }).rows).toBe(1000);
    expect(read({ rows: true, start: ' 5 ' })).toMatchObject({ rows: 1, start: 5 });
  });

  it('sort by items that any white space of Java parts', () => {
    expect(read({ sort: '\u3000id\u2003asc ,\r\n\u2028name  Desc\u1680' }).sort).toEqual([
      { by: 'id', descending: false },
      { by: 'name', descending: true },
    ]);
    expect(refusal({ sort: 'id\u00a0asc' })).toMatchObject({ status: 400 });
  });

  it('become filters around the client’s own', () => {
    expect(filters({}, ['public', 'member-x'])).toEqual([
      '(+capacity:public +state:active -dataset_type:harvest)',
      'permission_labels:{public member-x}',
    ]);
    expect(filters({ fq: 'tags:a OR tags:b' })[0]).toBe(
      '(+capacity:public +state:active tags:a tags:b -dataset_type:harvest)',
    );
    expect(filters({ fq: '+state:draft dataset_type:harvest', include_private: 'yes' })[0]).toBe(
      '(+state:draft +dataset_type:harvest)',
    );
    expect(filters({ include_drafts: true, include_deleted: 1 })[0]).toContain(
      '(state:active state:draft state:deleted)',
    );
    expect(filters({ fq_list: ['tags:a OR tags:b', ' '] })[1]).toBe('(tags:a tags:b)');
  });

  it('ask a sysadmin for no label', () => {
    const { filters: all } = effectiveQuery({}, { labels: undefined }, config, now);
    expect(all).toHaveLength(1);
  });

  it.each([
    [{ rows: 'x' }, 409, { rows: ['Invalid integer', 'Please enter an integer value'] }],
    [{ rows: 1.5, start: 'x' }, 409, { rows: ['Invalid integer'], start: ['Invalid integer'] }],
    [{ rows: -1 }, 409, { rows: ['Must be a natural number'] }],
    [{ 'facet.field': 'tags' }, 409, { 'facet.field': ['Could not parse as valid JSON', 'Not a list'] }],
    [{ 'facet.field': '{"a":1}' }, 409, { 'facet.field': ['Not a list'] }],
    [{ 'facet.field': [1] }, 409, { 'facet.field': ['Not a string: 1'] }],
    [{ fl: [1] }, 409, { fl: ['Not a list of strings'] }],
    [{ limit: 5 }, 400, { message: `Search Query is invalid: "Invalid search parameters: ['limit']"` }],
    [
      { fq_list: [{ a: 1 }] },
      400,
      { message: `Search Query is invalid: "Invalid search parameters: ['__junk']"` },
    ],
    [
      { limit: [{}, { a: 1 }], x: 1 },
      400,
      { message: `Search Query is invalid: "Invalid search parameters: ['x', '__junk']"` },
    ],
    [{ sort: 'name' }, 400, { message: `Search Query is invalid: 'Invalid "sort" parameter'` }],
    [{ sort: 'name asc, ' }, 400, { message: `Search Query is invalid: 'Invalid "sort" parameter'` }],
    [
      { q: '{!lucene}x' },
      409,
      { message: `Search error: "Local parameters are not supported in param 'q'."` },
    ],
    [
      { fq_list: ['{!lucene}x'] },
      409,
      { message: `Search error: "Local parameters are not supported in param 'fq_list'."` },
    ],
    [{ ext_bbox: '1,2,3' }, 409, { message: `Search error: 'Wrong bounding box provided'` }],
    [{ ext_bbox: '-1e308,0,1e308,1' }, 409, { message: `Search error: 'Wrong bounding box provided'` }],
  ])('%j are refused in CKAN’s words', (given, status, body) => {
    expect(refusal(given)).toMatchObject({ status, body });
  });

  it.each([
    { q: 'title:' },
    { q: '"' },
    { fq: '(' },
    { q: 'a', defType: 'nosuch' },
    { q: 'title:a', defType: 'nosuch' },
    { q: 'title:a b', defType: 'dismax', mm: 'x' },
    { q: 'a', tie: 2 },
    { q: 'a^ \\u00', defType: 'edismax' },
    { q: 'a: \\u00zz^2', defType: 'edismax' },
    { q: 'a', tie: 2, qf: 'title', defType: 'edismax' },
    { q: 'title:a b c', tie: -1, defType: 'edismax' },
    { q: 'a', qf: 'title^-1' },
    { q: 'a', bf: 'ord(name)' },
    { q: 'a', bf: null },
    { q: 'a', bf: '2^x' },
    { q: 'a', bf: '0x10' },
    { q: 'a', defType: 'edismax', boost: 'name' },
    { q: 'a', defType: 'edismax', boost: '2 3' },
    { q: 'a', tie: true },
    { q: 'a', tie: '0x1' },
    { q: 'a', qf: 'title^^2' },
    { q: 'a', qf: 'title^Infinity' },
    { q: 'a', qf: 'title^0x1' },
    { facet: 'maybe' },
    { 'facet.limit': '' },
    { 'facet.field': '["metadata_modified"]' },
    { start: 2147483647 },
    { q: Array.from({ length: 300 }, (_, n) => `w${n}`).join(' ') },
    { q: `name:(${Array.from({ length: 1025 }, (_, n) => `n${n}`).join(' OR ')})` },
    { q: 'x'.repeat(100_001) },
    { fq_list: Array.from({ length: 300 }, (_, n) => `tags:a${n}`) },
    { fq_list: Array.from({ length: 3 }, (_, n) => `text:(${'ab '.repeat(900)}c${n})`) },
    { fq: 'x'.repeat(300_000), fq_list: ['y'.repeat(300_000)] },
    { q: '(*:* -title:a) '.repeat(1000) },
    { q: `title:"${Array.from({ length: 1025 }, (_, n) => `w ${n}`).join(' ')}"` },
  ])('%j are refused as the engine would', (given) => {
    const { status, body } = refusal(given);
    expect(status).toBe(409);
    expect(body['message']).toContain('Search error: ');
    expect(body['message']).toContain('SOLR returned an error running query');
  });

  it('are read by dismax where a client names it, without CKAN’s defaults where there is a colon', () => {
    const query = (given: Record<string, unknown>) =>
      describeQuery(read({ defType: 'dismax', ...given }).query);
    expect(query({ q: 'title:a bus' })).toBe('((text:titl text:a) text:bus)~2');
    expect(query({ q: 'a: bus', qf: 'title notes' })).toBe(
      '((title:a | notes:a)~0 (title:bus | notes:bus)~0)~2',
    );
    expect(query({ q: '*:*' })).toBe('-*:*');
    expect(query({ q: 'title:a', defType: 'lucene' })).toBe('title:a');
  });

  it('are what Solr makes of them where they are lists', () => {
    const query = (given: Record<string, unknown>) => describeQuery(read({ qf: 'title', ...given }).query);
    expect(query({ q: 'a b', defType: ['edismax', 'dismax'] })).toBe('(+(title:a)~0.1 +(title:b)~0.1)');
    expect(query({ q: 'a: b', defType: ['edismax'] })).toBe('(+(title:a)~0 +(title:b)~0)');
    expect(query({ q: 'title:a', defType: [] })).toBe('title:a');
    expect(query({ q: 'a', defType: {} })).toBe('text:a');
    expect(query({ q: 'a b', mm: ['1'] })).toBe('(title:a title:b)');
  });

  it('are constants where they are functions', () => {
    const query = (given: Record<string, unknown>) =>
      describeQuery(read({ q: 'a', qf: 'title^1f', ...given }).query);
    expect(query({ bf: '2 .5^3 2^4' })).toBe('(+title:a *:*^=9.5)');
    expect(query({ bf: ['1', '2^'] })).toBe('(+title:a *:*^=3)');
    expect(query({ bf: '-1' })).toBe('(+title:a *:*^=0)');
    expect(query({ bf: ' ' })).toBe('title:a');
    expect(query({ defType: 'edismax', boost: ['2', '', '3'] })).toBe('title:a^6');
    expect(query({ defType: 'edismax', boost: -1, bf: 1 })).toBe('(+title:a *:*^=1)^0');
    expect(query({ boost: 'only(edismax)', tie: '1d' })).toBe('title:a');
    expect(query({ defType: 'lucene', bf: 'only(dismax)' })).toBe('text:a');
  });

  it('need a tie that makes sense only where words are looked for in fields', () => {
    const { query } = read({ q: 'title:(a b) notes:c', defType: 'edismax', tie: 2 });
    expect(describeQuery(query)).toBe('(+(+title:a +title:b) +notes:c)');
  });

  it('takes a list of empty objects for a parameter that is missing', () => {
    expect(read({ fq_list: [{}], nosuch: [{}] })).toEqual(read({}));
  });

  it('may repeat a word in a phrase thousands of times', () => {
    expect(read({ q: `title:"${'z '.repeat(3000)}"` }).query).toMatchObject({ kind: 'phrase' });
  });

  it('may hold thousands of ids in a filter', () => {
    const fq = `id:(${Array.from({ length: 2000 }, (_, n) => `x${n}`).join(' OR ')})`;
    expect(read({ fq }).filters).toHaveLength(2);
  });

  it('may name a parser that the configuration allows', () => {
    expect(filters({ fq_list: ['{!term f=tags}a b'] })[1]).toBe('tags:a b');
  });

  it('search a box with edismax and its fit in the score', () => {
    expect(describeQuery(read({ ext_bbox: '352,49,362,61', q: 'title:a' }).query)).toBe(
      '(+title:a +overlap(-8,49,2,61))',
    );
  });
});
