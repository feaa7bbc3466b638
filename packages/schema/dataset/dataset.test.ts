import type { PortolanError } from '@portolan/kernel';
import { describe, expect, it } from 'vitest';
import { validate, validated } from '../pipeline/validate.ts';
import type { DatasetContext } from './context.ts';
import { datasetCreateSchema, datasetUpdateSchema } from './dataset.ts';
import { keptExtras } from './extra.ts';

const organization = 'aa000000-0000-4000-8000-000000000001';
const vocabulary = 'aa000000-0000-4000-8000-000000000002';
const foreign = 'aa000000-0000-4000-8000-000000000003';

const context = (changes: Partial<DatasetContext> = {}): DatasetContext => ({
  sysadmin: false,
  current: undefined,
  mayChangeState: false,
  unownedAllowed: false,
  owner: (reference) =>
    reference === 'rivers' || reference === organization ? { id: organization } : undefined,
  isNameTaken: (name) => name === 'taken',
  isDatasetId: (id) => id === foreign,
  isVocabulary: (id) => id === vocabulary,
  isForeignResource: (id) => id === foreign,
  canonicalFormat: (format) => ({ 'text/csv': 'CSV', csv: 'CSV' })[format.toLowerCase()] ?? format,
  guessMediaType: (url) => (url.endsWith('.csv') ? 'text/csv' : undefined),
  ...changes,
});

const bare = { name: 'levels', owner_org: 'rivers' };
const create = (fields: object, changes?: Partial<DatasetContext>) =>
  validate(datasetCreateSchema, { ...bare, ...fields }, context(changes));
const errorsOf = async (fields: object, changes?: Partial<DatasetContext>) =>
  validated(datasetCreateSchema, { ...bare, ...fields }, context(changes)).then(
    () => ({}),
    (error: PortolanError) => error.fields,
  );

describe('a new dataset', () => {
  it.each([
    [{ name: undefined }, { name: ['Missing value'] }],
    [{ name: '' }, { name: ['Missing value'] }],
    [
      { name: 'a' },
      { name: ['Must be at least 2 characters long', 'Name "a" length is less than minimum 2'] },
    ],
    [{ name: 'taken' }, { name: ['That URL is already in use.'] }],
    [{ owner_org: null }, { owner_org: ['An organization must be provided'] }],
    [{ owner_org: '' }, { owner_org: ['An organization must be provided'] }],
    [{ owner_org: 'none' }, { owner_org: ['Organization does not exist'] }],
    [{ owner_org: 7 }, { owner_org: ['Organization does not exist'] }],
    [{ author_email: 5 }, { author_email: ['Email 5 is not a valid format'] }],
    [{ version: 'v'.repeat(101) }, { version: ['Version must be a maximum of 100 characters long'] }],
    [{ id: foreign }, { id: ['The input field id was not expected.'] }],
    [{ tags: [{ name: 'a' }] }, { tags: ['Tag "a" length is less than minimum 2'] }],
    [{ tags: [{ name: 'ok' }, { name: '' }] }, { tags: ['Missing value'] }],
    [
      { tags: [{ name: 'red', vocabulary_id: 'colours' }] },
      { tags: [{ vocabulary_id: ['Tag vocabulary was not found.'] }] },
    ],
    [
      { tags: [{ name: 'b@d' }] },
      {
        tags: [
          'Tag "b@d" can only contain alphanumeric characters, spaces (" "), hyphens ("-"), underscores ("_") or dots (".")',
        ],
      },
    ],
    [{ tag_string: 'fine, a' }, { tag_string: ['Tag "a" length is less than minimum 2'] }],
    [{ extras: [{ value: 'v' }] }, { extras: [{ key: ['Missing value'] }] }],
    [{ extras: [{ key: 'k' }] }, { extras: [{ value: ['Missing value'] }] }],
    [
      { extras: [{ key: 'title', value: 'v' }] },
      { extras: [{ key: ['There is a schema field with the same name'] }] },
    ],
    [
      { extras: [{ key: 'k', value: 'v', id: 'x' }] },
      { extras: [{ id: ['The input field id was not expected.'] }] },
    ],
    [
      {
        extras: [
          { key: 'k', value: 1 },
          { key: 'k', value: 2 },
        ],
      },
      { extras_validation: ['Duplicate key "k"'] },
    ],
    [{ resources: [{}, { size: 'z' }] }, { resources: [{ size: ['Invalid integer'] }] }],
    [{ resources: [{ url: 'u', id: 'no' }] }, { resources: [{ id: ['Invalid id provided'] }] }],
    [{ resources: [{ url: 'u', id: foreign }] }, { resources: [{ id: ['Resource id already exists.'] }] }],
    [{ resources: [{ url: 'http://[bad' }] }, { resources: [{ url: ['Please provide a valid URL'] }] }],
    [{ resources: [{ created: 'soon' }] }, { resources: [{ created: ['Date format incorrect'] }] }],
    [
      { relationships_as_subject: [{ type: 'likes' }] },
      { relationships_as_subject: [{ type: [expect.stringContaining('Value must be one of [')] }] },
    ],
  ])('is refused for %j', async (fields, errors) => {
    expect(await errorsOf(fields)).toEqual(errors);
  });

  it.each([
    [{}, { title: 'levels', owner_org: organization }],
    [{ title: '' }, { title: 'levels' }],
    [{ title: ['a', 1] }, { title: '["a", 1]' }],
    [{ name: 55 }, { name: '55' }],
    [{ private: 'yes' }, { private: true }],
    [{ private: 'on' }, { private: false }],
    [{ private: null }, { private: undefined }],
    [{ state: 'draft' }, { state: undefined }],
    [{ plugin_data: { a: 1 } }, { plugin_data: undefined }],
    [
      { metadata_modified: '2001-01-01', unknown: { a: [1] } },
      { metadata_modified: undefined, unknown: undefined },
    ],
    [{ author_email: ' a@b.example ' }, { author_email: 'a@b.example' }],
    [
      { tag_string: 'one, two ,,', tags: [{ name: 'zero' }] },
      { tags: [{ name: 'zero' }, { name: 'one' }, { name: 'two' }] },
    ],
    [{ tags: [{ name: 'Tt', id: 'x', state: 'deleted', other: 1 }] }, { tags: [{ name: 'Tt' }] }],
  ])('of %j becomes %j', async (fields, expected) => {
    const { data, errors } = await create(fields);
    expect(errors).toEqual({});
    for (const [name, value] of Object.entries(expected)) expect(data[name]).toEqual(value);
  });

  it('lets a sysadmin choose id, state and plugin_data', async () => {
    const { data } = await create(
      { id: vocabulary, state: 'draft', plugin_data: { a: 1 } },
      { sysadmin: true, mayChangeState: true },
    );
    expect(data).toMatchObject({ id: vocabulary, state: 'draft', plugin_data: { a: 1 } });
    expect(await errorsOf({ id: foreign }, { sysadmin: true })).toEqual({
      id: ['Dataset id already exists'],
    });
  });

  it('is private only with an owner', async () => {
    expect(await errorsOf({ owner_org: '', private: true }, { unownedAllowed: true })).toEqual({
      private: ["Datasets with no organization can't be private."],
    });
  });
});

describe('extras', () => {
  it.each([
    [{ key: 'k', value: 1.5 }, [{ key: 'k', value: '1.5' }]],
    [{ key: 'k', value: true }, [{ key: 'k', value: 'true' }]],
    [{ key: 5, value: { b: 1, a: [2] } }, [{ key: '5', value: '{"a": [2], "b": 1}' }]],
    [{ key: 'k', value: ['a b', 'c', 1.5, true, null] }, [{ key: 'k', value: '{"a b",c,1.5,t,NULL}' }]],
    [
      { key: 'k', value: ['', 'Null', 'a"\\,', ['{']] },
      [{ key: 'k', value: '{"","Null","a\\"\\\\,",{"{"}}' }],
    ],
    [{ key: 'k', value: [] }, [{ key: 'k', value: '{}' }]],
    [{ key: 'k', value: '' }, [{ key: 'k', value: '' }]],
    [{ key: 'k', value: null }, []],
    [{ key: 'k', value: 'v', deleted: true }, []],
  ])('%j are kept as %j', async (extra, kept) => {
    expect(keptExtras((await create({ extras: [extra] })).data)).toEqual(kept);
  });
});

describe('a resource', () => {
  it.each([
    [{ url: ' http://x.example/ ' }, { url: 'http://x.example/' }],
    [{ url: 'http://x.example/a.csv' }, { url: 'http://x.example/a.csv', format: 'CSV' }],
    [{ url: 'http://x.example/a.csv ' }, { url: 'http://x.example/a.csv' }],
    [
      { url: 'a.csv', format: '' },
      { url: 'a.csv', format: 'CSV' },
    ],
    [
      { url: 'a.csv', format: 'odd' },
      { url: 'a.csv', format: 'odd' },
    ],
    [
      { url: 'u', format: 'TEXT/CSV' },
      { url: 'u', format: 'CSV' },
    ],
    [
      { url: 'u', name: 5, description: ['a'] },
      { url: 'u', name: '5', description: '["a"]' },
    ],
    [
      { url: 'u', size: '12' },
      { url: 'u', size: 12 },
    ],
    [{ url: 'u', position: 7, state: 'deleted', package_id: 'x', extras: { a: 1 } }, { url: 'u' }],
    [
      { url: 'u', odd: [1, { a: null }] },
      { url: 'u', odd: [1, { a: null }] },
    ],
    [
      { url: 'u', clear_upload: 'true' },
      { url: 'u', url_type: '' },
    ],
  ])('%j becomes %j', async (resource, expected) => {
    expect((await create({ resources: [resource] })).data['resources']).toEqual([expected]);
  });
});

describe('an update', () => {
  const current = { id: foreign, owner_org: organization };
  const update = (fields: object) =>
    validate(datasetUpdateSchema, { ...fields }, context({ current, mayChangeState: true }));

  it.each([
    [{ id: 'x', type: 'other', creator_user_id: 'y' }, {}],
    [{ name: null, owner_org: null, title: null }, {}],
    [{ state: 'deleted' }, { state: 'deleted' }],
    [{ title: '' }, { title: '' }],
    [{ private: true }, { private: true }],
  ])('of %j changes %j', async (fields, data) => {
    expect(await update(fields)).toEqual({ data, errors: {} });
  });

  it('refuses to take the owner away', async () => {
    expect((await update({ owner_org: '' })).errors).toEqual({
      owner_org: ['An organization must be provided'],
    });
  });
});
