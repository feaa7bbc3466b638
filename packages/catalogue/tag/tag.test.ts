import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { validatedDict } from './validated_dict.ts';

interface Vocabulary {
  id: string;
  name: string;
  tags: { id: string; name: string }[];
}

let test: TestSite;
let genre: Vocabulary;
const tagsOf = async (dataset: string) =>
  (
    await test.site.db.rows<{ name: string }>(
      `SELECT t.name FROM package_tag pt JOIN tag t ON t.id = pt.tag_id WHERE pt.package_id = $1 ORDER BY 1`,
      [dataset],
    )
  ).map((row) => row.name);

beforeAll(async () => {
  test = await testSite();
  genre = (await test.must('vocabulary_create', {
    name: 'genre',
    tags: [{ name: 'jazz' }, { name: 'soul' }],
  })) as Vocabulary;
  await test.site.db.rows(
    `INSERT INTO package (id, name, title, state, type) VALUES ('d', 'd', 'D', 'active', 'dataset')`,
  );
  await test.site.db.rows(
    `INSERT INTO tag (id, name) VALUES ('1', 'alpha'), ('2', 'Beta 100%'), ('3', 'under_score'), ('4', 'unused')`,
  );
  await test.site.db.rows(
    `INSERT INTO package_tag (id, package_id, tag_id, state)
     SELECT id, 'd', id, 'active' FROM tag WHERE name <> 'unused'`,
  );
});

describe('tag_search', () => {
  it.each([
    [{ query: 'ALP' }, ['alpha']],
    [{ q: 'a' }, ['Beta 100%', 'alpha']],
    [{ query: ['a', 'p'] }, ['alpha']],
    [{ query: '%' }, ['Beta 100%']],
    [{ query: '_' }, ['under_score']],
    [{ query: '\\' }, []],
    [{ query: '' }, []],
    [{}, []],
    [{ query: 'jazz' }, []],
    [{ query: 'jazz', vocabulary_id: 'genre' }, ['jazz']],
    [{ query: 'jazz', vocabulary_id: 'none' }, []],
    [{ query: { alp: 1 } }, ['alpha']],
    [{ query: 'unused' }, []],
    [{ fields: { tags: 'alp' } }, ['alpha']],
    [{ fields: { tag: 'alp' } }, ['alpha']],
    [{ fields: { name: 'alp' } }, []],
    [{ query: 5 }, []],
  ])('%j finds %j', async (params, names) => {
    const found = (await test.must('tag_search', params)) as { count: number; results: { name: string }[] };
    expect(found.results.map((tag) => tag.name)).toEqual(names);
    expect(found.count).toBe(names.length);
  });

  it('counts all and gives a page', async () => {
    expect(await test.must('tag_search', { query: 'a', limit: 1, offset: 1 })).toMatchObject({
      count: 2,
      results: [{ name: 'alpha' }],
    });
    expect(await test.must('tag_search', { query: 'a', limit: 0 })).toEqual({ count: 2, results: [] });
    expect(await test.must('tag_autocomplete', { query: ' ', limit: 'x' })).toEqual([]);
  });
});

describe('tag_list', () => {
  it('has free tags in use, or all of a vocabulary', async () => {
    expect(await test.must('tag_list')).toEqual(['Beta 100%', 'alpha', 'under_score']);
    expect(await test.must('tag_list', { vocabulary_id: 'genre' })).toEqual(['jazz', 'soul']);
    expect(await test.call('tag_list', undefined, { vocabulary_id: 'none' })).toMatchObject({ status: 404 });
  });

  it('takes the word false at its word', async () => {
    expect(await test.must('tag_list', { all_fields: 'false', query: 'alpha' })).toEqual(['alpha']);
  });
});

describe('tag_create', () => {
  it.each([
    [{}, { name: ['Missing value'], vocabulary_id: ['Missing value'] }],
    [{ name: 'fine' }, { vocabulary_id: ['Missing value'] }],
    [
      { name: 'a', vocabulary_id: 'none' },
      { name: ['Tag "a" length is less than minimum 2'], vocabulary_id: ['Tag vocabulary was not found.'] },
    ],
    [{ name: 'fine', vocabulary_id: 'genre' }, { vocabulary_id: ['Tag vocabulary was not found.'] }],
    [
      { name: 'fine', vocabulary_id: 'none', id: 'x' },
      { id: ['The input field id was not expected.'], vocabulary_id: ['Tag vocabulary was not found.'] },
    ],
  ])('refuses %j', async (params, error) => {
    expect(await test.call('tag_create', test.admin, params)).toEqual({ error, status: 409 });
  });

  it('of two of one name makes one', async () => {
    const params = { name: 'blues', vocabulary_id: genre.id };
    const answers = await Promise.all([1, 2].map(() => test.call('tag_create', test.admin, params)));
    expect(answers.filter((answer) => 'result' in answer)).toHaveLength(1);
    expect(answers).toContainEqual({
      error: { vocabulary_id: [`Tag blues already belongs to vocabulary ${genre.id}`] },
      status: 409,
    });
  });
});

describe('vocabulary_update', () => {
  it('keeps tags that are not sent, and takes those that are left out off their datasets', async () => {
    await test.site.db.rows(
      `INSERT INTO package_tag (id, package_id, tag_id, state) SELECT 'j', 'd', id, 'active' FROM tag WHERE name = 'jazz'`,
    );
    await test.must('vocabulary_update', { id: 'genre', name: 'style' });
    expect(await tagsOf('d')).toContain('jazz');
    const changed = (await test.must('vocabulary_update', {
      id: 'style',
      tags: [{ name: 'soul' }, { name: 'rock' }],
    })) as Vocabulary;
    expect(changed.tags.map((tag) => tag.name)).toEqual(['soul', 'rock']);
    expect(changed.tags[0]!.id).toBe(genre.tags[1]!.id);
    expect(await tagsOf('d')).not.toContain('jazz');
    await test.must('vocabulary_update', { id: 'style', name: 'genre' });
  });

  it.each([
    [{ tags: [{ name: 'a' }] }, { tags: ['Tag "a" length is less than minimum 2'] }],
    [{ tags: [{ name: 'ok' }, { name: 'ok' }] }, { tags: ['Tag "ok" is given more than once'] }],
    [{ name: 'x' }, { name: ['Name must be at least 2 characters long'] }],
  ])('refuses %j', async (fields, error) => {
    expect(await test.call('vocabulary_update', test.admin, { id: 'genre', ...fields })).toEqual({
      error,
      status: 409,
    });
  });
});

describe('deletion', () => {
  it('of a tag takes it off its datasets', async () => {
    await test.must('tag_delete', { id: 'alpha' });
    expect(await tagsOf('d')).not.toContain('alpha');
    expect(await test.call('tag_show', undefined, { id: 'alpha' })).toMatchObject({ status: 404 });
  });

  it('of a vocabulary waits for its tags to go', async () => {
    expect(await test.call('vocabulary_delete', test.admin, { id: 'genre' })).toMatchObject({ status: 409 });
    await test.must('vocabulary_update', { id: 'genre', tags: [] });
    await test.must('vocabulary_delete', { id: 'genre' });
    expect(await test.must('vocabulary_list')).toEqual([]);
  });
});

describe('validatedDict', () => {
  it('writes scalars, filled lists and empty lists in this order, as Python does', () => {
    const dataset = {
      id: 'ü',
      name: 'n',
      state: 'active',
      extras: [],
      groups: [],
      resources: [],
      tags: [{ name: 'a' }],
      relationships_as_subject: [],
      relationships_as_object: [],
    };
    const resources = [{ url: 'u', id: 'r', package_id: 'ü' }];
    expect(validatedDict({ ...dataset, resources })).toContain(
      '"resources": [{"id": "r", "package_id": "\\u00fc", "url": "u"}], "tags"',
    );
    expect(validatedDict(dataset)).toBe(
      '{"id": "\\u00fc", "name": "n", "state": "active", "tags": [{"name": "a"}], "resources": [], "extras": [], ' +
        '"groups": [], "relationships_as_subject": [], "relationships_as_object": []}',
    );
  });
});
