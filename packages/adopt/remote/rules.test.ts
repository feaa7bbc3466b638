import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from './differences.rules.ts';
import { fileNameOf, portableDataset, portableGroup } from './portable.rules.ts';

describe('what two objects say', () => {
  it('does not differ from itself', () =>
    fc.assert(fc.property(fc.jsonValue(), (value) => differences(value, value).length === 0)));

  it.each<[unknown, unknown, string[]]>([
    [{ a: 1 }, { a: 1, b: 2 }, []],
    [{ a: '' }, { a: null }, []],
    [{ a: { b: 1 } }, { a: { b: 2 } }, ['.a.b: 1 there, 2 here']],
    [{ a: { b: 1 } }, {}, ['.a: missing here']],
    [{ tags: [{ name: 'b' }, { name: 'a' }] }, { tags: [{ name: 'a' }, { name: 'b' }] }, []],
    [{ resources: [1, 2] }, { resources: [1] }, ['.resources: 2 there, 1 here']],
    [{ resources: [1] }, {}, ['.resources: 1 there, none here']],
  ])('%j and %j', (there, here, paths) => expect(differences(there, here)).toEqual(paths));
});

describe('an object of another portal', () => {
  it('leaves behind what holds only there', () => {
    const remote = {
      id: 'd1',
      name: 'leaves',
      organization: { name: 'tea' },
      metadata_modified: 'then',
      num_tags: 2,
      extras: [
        { key: 'harvest_object_id', value: 'x' },
        { key: 'k', value: 'v', id: 'e1' },
      ],
      tags: [
        { id: 't1', name: 'free', vocabulary_id: null },
        { id: 't2', name: 'jazz', vocabulary_id: 'there' },
        { id: 't3', name: 'lost', vocabulary_id: 'unknown' },
      ],
      groups: [{ id: 'g1', name: 'g', title: 'G' }],
      resources: [
        {
          id: 'r1',
          url: 'http://there.test/dataset/d1/resource/r1/download/a%20b.csv',
          url_type: 'upload',
          position: 0,
        },
        { id: 'r2', url: 'http://x.test/c.csv', custom: 'c', datastore_active: true },
      ],
    };
    expect(portableDataset(remote, new Map([['there', 'here']]))).toEqual({
      id: 'd1',
      name: 'leaves',
      extras: [{ key: 'k', value: 'v' }],
      tags: [{ name: 'free' }, { name: 'jazz', vocabulary_id: 'here' }, { name: 'lost' }],
      groups: [{ id: 'g1', name: 'g' }],
      resources: [
        { id: 'r1', url: 'a b.csv', url_type: 'upload' },
        { id: 'r2', url: 'http://x.test/c.csv', custom: 'c' },
      ],
    });
  });

  it('keeps the members that are here', () => {
    const users = [
      { name: 'ada', capacity: 'editor', id: 'u1' },
      { name: 'bob', capacity: 'admin', id: 'u2' },
    ];
    const group = portableGroup(
      { id: 'o1', name: 'tea', package_count: 3, users, groups: [] },
      new Set(['ada']),
    );
    expect(group).toEqual({
      id: 'o1',
      name: 'tea',
      extras: [],
      groups: [],
      users: [{ name: 'ada', capacity: 'editor' }],
    });
  });

  it.each([
    ['http://x.test/a/b.csv?token=1', 'b.csv'],
    ['b.csv', 'b.csv'],
    ['http://x.test/', 'file'],
  ])('has a file at %s called %s', (address, name) => expect(fileNameOf(address)).toBe(name));
});
