import { relationshipTypes } from '@portolan/schema';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { isForward, reverseOf } from './types.ts';

let test: TestSite;
const relate = (subject: string, type: string, object: string, comment?: string) =>
  test.call('package_relationship_create', test.admin, { subject, type, object, comment });
const listed = (params: object) => test.must('package_relationships_list', { ...params });

beforeAll(async () => {
  test = await testSite();
  for (const name of ['a', 'b', 'c'])
    await test.site.db.rows(
      `INSERT INTO package (id, name, title, state, type) VALUES ($1, $2, '', 'active', 'dataset')`,
      [`id-${name}`, name],
    );
});

describe('a type', () => {
  it('has one reverse, and one of the two is stored', () => {
    fc.assert(
      fc.property(fc.constantFrom(...relationshipTypes), (type) => {
        expect(reverseOf(reverseOf(type))).toBe(type);
        expect(isForward(type)).toBe(!isForward(reverseOf(type)));
      }),
    );
  });
});

describe('a relationship', () => {
  it('is stored forward and seen from both sides', async () => {
    expect(await relate('a', 'parent_of', 'id-b', 'family')).toEqual({
      result: { subject: 'b', type: 'child_of', object: 'a', comment: 'family' },
    });
    expect(await listed({ id: 'a' })).toEqual([
      { subject: 'a', type: 'parent_of', object: 'b', comment: 'family' },
    ]);
    expect(await listed({ id: 'b', id2: 'a' })).toEqual([
      { subject: 'b', type: 'child_of', object: 'a', comment: 'family' },
    ]);
    expect(await listed({ id: 'b', rel: 'parent_of' })).toEqual([]);
    expect(
      await test.call('package_relationships_list', undefined, { id: 'b', id2: 'a', rel: 'parent_of' }),
    ).toEqual({
      error: { message: 'Not found: Relationship "b parent_of a" not found.' },
      status: 404,
    });
  });

  it('is one row however often and from wherever it is made', async () => {
    await Promise.all([
      relate('a', 'links_to', 'c'),
      relate('c', 'linked_from', 'a'),
      relate('a', 'links_to', 'c'),
    ]);
    expect(await listed({ id: 'a', rel: 'links_to' })).toHaveLength(1);
  });

  it('is gone once deleted, and back once made again', async () => {
    const ends = { subject: 'c', type: 'linked_from', object: 'a' };
    await test.must('package_relationship_delete', ends);
    expect(await test.call('package_relationship_delete', test.admin, ends)).toMatchObject({ status: 404 });
    expect(await test.call('package_relationship_update', test.admin, ends)).toMatchObject({ status: 404 });
    await relate('a', 'links_to', 'c', 'again');
    expect(await listed({ id: 'c' })).toEqual([
      { subject: 'c', type: 'linked_from', object: 'a', comment: 'again' },
    ]);
  });

  it.each([
    [{}, 409, { subject: ['Missing value'], object: ['Missing value'], type: ['Missing value'] }],
    [
      { subject: 'x', object: 'b', type: 'links_to' },
      404,
      { message: "Not found: Subject package 'x' was not found." },
    ],
    [
      { subject: 'a', object: 'x', type: 'links_to' },
      404,
      { message: "Not found: Object package 'x' was not found." },
    ],
    [
      { subject: 'a', object: 'b', type: 'x' },
      409,
      {
        type: [
          "Value must be one of ['depends_on', 'dependency_of', 'derives_from', 'has_derivation', 'links_to', 'linked_from', 'child_of', 'parent_of']",
        ],
      },
    ],
  ])('of %j is refused', async (params, status, error) => {
    expect(await test.call('package_relationship_create', test.admin, params)).toEqual({ error, status });
  });
});
