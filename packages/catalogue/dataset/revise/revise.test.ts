import type { PortolanError } from '@portolan/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filtered } from './filter.rules.ts';
import { unmatchedPath, unmatchedPaths } from './match.rules.ts';
import { merged, mergedAt } from './merge.rules.ts';
import { readRevise } from './request.rules.ts';

const dataset = () => ({
  id: 'd',
  title: 'T',
  notes: 'N',
  tags: [{ name: 't1' }, { name: 't2' }],
  resources: [
    { id: '11112222', name: 'r0', meta: { x: 1, y: 2 } },
    { id: '33334444', name: 'r1' },
  ],
});
const caught = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as PortolanError).detail;
  }
};

describe('matching', () => {
  it.each([
    [{ title: 'T' }, []],
    [{ title: 'X', notes: 'N' }, ['title']],
    [{ nothing: 1 }, ['nothing']],
    [{ resources: [{ name: 'r0' }] }, []],
    [{ resources: [{}, { name: 'r1' }, { name: 'r2' }] }, ['resources__2']],
    [{ resources: [{}, { name: 'zz' }] }, ['resources__1__name']],
    [{ resources: { '0': { name: 'r0' } } }, ['resources']],
    [{ resources: [{ meta: { x: 1 } }] }, []],
    [{ resources: [{ meta: { x: '1' } }] }, ['resources__0__meta__x']],
  ])('%j leaves %j unmatched', (wanted, paths) => {
    expect(unmatchedPaths(dataset(), wanted)).toEqual(paths);
  });

  it.each([
    ['resources__0__name', 'r0', []],
    ['resources__-1__name', 'r1', []],
    ['resources__33334__name', 'r1', []],
    ['resources__0__name', 'r1', ['resources__0__name']],
    ['resources__0__meta', { x: 1, y: 2 }, []],
  ])('finds %s', (path, value, unmatched) => {
    expect(unmatchedPath(dataset(), path, value)).toEqual(unmatched);
  });

  it.each([
    ['resources__9__name', 'Unmatched key resources__9'],
    ['resources__abcde__name', 'Unmatched key resources__abcde'],
    ['a__b', 'Unmatched key a'],
  ])('has nothing at %s', (path, message) => {
    expect(caught(() => unmatchedPath(dataset(), path, 1))).toBe(message);
  });
});

describe('filtering', () => {
  const names = (data: Partial<ReturnType<typeof dataset>>) => [
    Object.keys(data).sort().join(' '),
    (data.resources ?? []).map((resource) => Object.keys(resource).sort().join(' ')),
  ];
  const all = 'id notes resources tags title';
  it.each([
    ['-notes', ['id resources tags title', ['id meta name', 'id name']]],
    ['notes', ['id resources tags title', ['id meta name', 'id name']]],
    ['+title,+resources,-*', ['resources title', ['id meta name', 'id name']]],
    ['-*,+title', ['', []]],
    ['+notes,-notes', [all, ['id meta name', 'id name']]],
    ['-resources__0', [all, ['id name']]],
    ['-resources__0__meta__x', [all, ['id meta name', 'id name']]],
    ['-resources__0__meta', [all, ['id name', 'id name']]],
    ['-resources__*__name', [all, []]],
    ['+resources__0,-resources__*', [all, ['id meta name']]],
    ['-nothing__*', [all, ['id meta name', 'id name']]],
    ['-title__*', [all, ['id meta name', 'id name']]],
  ])('by %s', (patterns, expected) => {
    expect(names(filtered(dataset(), patterns.split(',')))).toEqual(expected);
  });
});

describe('merging', () => {
  it.each([
    [{ title: 'U' }, (data: ReturnType<typeof dataset>) => ({ ...data, title: 'U' })],
    [
      { tags: [{ name: 'first' }] },
      (data: ReturnType<typeof dataset>) => ({ ...data, tags: [{ name: 'first' }, { name: 't2' }] }),
    ],
    [
      { tags: [{}, {}, { name: 't3' }] },
      (data: ReturnType<typeof dataset>) => ({ ...data, tags: [...data.tags, { name: 't3' }] }),
    ],
    [{ fresh: { a: 1 } }, (data: ReturnType<typeof dataset>) => ({ ...data, fresh: { a: 1 } })],
  ])('%j', (update, expected) => {
    expect(merged(dataset(), update)).toEqual(expected(dataset()));
  });

  it.each([
    [{ tags: 'x' }, 'Expected list for tags'],
    [{ tags: { a: 1 } }, 'Expected list for tags'],
    [{ resources: ['x'] }, 'Expected dict for resources__0'],
    [{ resources: [{ meta: 5 }] }, 'Expected dict for resources__0__meta'],
  ])('refuses %j', (update, message) => {
    expect(caught(() => merged(dataset(), update))).toBe(message);
  });

  it.each([
    ['title', 'Flat', { title: 'Flat' }],
    [
      'resources__-1__name',
      'last',
      { resources: [dataset().resources[0], { id: '33334444', name: 'last' }] },
    ],
    ['resources__extend', [{ name: 'r2' }], { resources: [...dataset().resources, { name: 'r2' }] }],
    ['tags__0', { name: 'z' }, { tags: [{ name: 'z' }, { name: 't2' }] }],
    ['', 'x', { '': 'x' }],
  ])('at %s', (path, value, changes) => {
    expect(mergedAt(dataset(), path, value)).toEqual({ ...dataset(), ...changes });
  });

  it.each([
    ['resources__extend', 'text', 'Expected list for resources'],
    ['resources', 'text', 'Expected list for resources'],
    ['resources__0', 'text', 'Expected dict for resources__0'],
    ['title__deep', 'x', 'Expected list or dict for title'],
    ['a__b', 'x', 'Unmatched key a'],
    ['tags__7__name', 'x', 'Unmatched key tags__7'],
    ['resources__-9__name', 'x', 'Unmatched key resources__-9'],
  ])('refuses %s', (path, value, message) => {
    expect(caught(() => mergedAt(dataset(), path, value))).toBe(message);
  });

  it('leaves its input as it was, and merging the result of a merge again changes nothing', () => {
    const trees = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 });
    fc.assert(
      fc.property(trees, trees, (data, update) => {
        const before = structuredClone(data);
        let once: unknown;
        if (caught(() => (once = merged(data, update))) !== undefined) return;
        expect(data).toEqual(before);
        expect(merged(once, update)).toEqual(once);
      }),
    );
  });
});

describe('a request', () => {
  it.each([
    [{}, { match__id: 'Missing value' }],
    [{ match: { title: 'x' } }, { match__id: 'Missing value' }],
    [{ match: { id: null } }, { match__id: 'Missing value' }],
    [{ match: 'text' }, { match: ['Must be a dict'] }],
    [{ match: [{ id: 'x' }] }, { match__id: 'Missing value' }],
    [{ match: { id: 'x' }, update: [] }, { update: ['Must be a dict'] }],
    [{ match: { id: 'x' }, filter: 5 }, { filter: ['Not a list'] }],
    [{ match: { id: 'x' }, filter: ['-a', { b: 1 }] }, { filter: ["Not a string: {'b': 1}"] }],
  ])('%j is refused', (params, errors) => {
    let fields: unknown;
    try {
      readRevise(params);
    } catch (error) {
      fields = (error as PortolanError).fields;
    }
    expect(fields).toEqual(errors);
  });

  it('reads text as JSON where it is JSON, and grows lists before it speaks of their elements', () => {
    const request = readRevise({
      match: '{"id": "x"}',
      match__version: '"2"',
      'update__resources__-1__name': 'last',
      update__resources__extend: '[{}]',
      filter: '+a, -b',
    });
    expect(request).toMatchObject({
      match: { id: 'x' },
      matchAt: [['version', '2']],
      filter: ['+a', '-b'],
      updateAt: [
        ['resources__extend', [{}]],
        ['resources__-1__name', 'last'],
      ],
      reference: 'x',
    });
  });
});
