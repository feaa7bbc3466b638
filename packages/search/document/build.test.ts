import { describe, expect, it } from 'vitest';
import { buildIndexDocument } from './build.ts';

const config = {
  siteId: 'default',
  extraResourceFields: ['licence'],
  vocabularies: new Map([['v', 'schema']]),
  removeDeleted: true,
  now: Date.parse('2024-06-15T12:00:00Z'),
};
const base = {
  id: 'i',
  name: 'n',
  title: ' Flood\u0001 risk',
  state: 'active',
  type: 'dataset',
  private: false,
};
const fieldsOf = (more: object) => buildIndexDocument({ ...base, ...more }, ['public'], config)!.fields;

describe('the index document', () => {
  it('has a dataset’s own keys, without what is empty', () => {
    const fields = fieldsOf({ notes: '', version: null, isopen: true, num_tags: 2, owner_org: 'o' });
    expect(fields).toMatchObject({
      id: ['i'],
      title: ['Flood risk'],
      title_string: [' Flood risk'],
      dataset_type: ['dataset'],
      type: ['dataset'],
      capacity: ['public'],
      isopen: ['true'],
      num_tags: ['2'],
      owner_org: ['o'],
      site_id: ['default'],
      entity_type: ['package'],
    });
    expect(fields).not.toHaveProperty('notes');
    expect(fields).not.toHaveProperty('version');
  });

  it('has extras under two names, save where the dataset has the key', () => {
    const extras = [
      { key: 'Update Frequency!', value: 'termly' },
      { key: 'title', value: 'other' },
      { key: 'text', value: 'x' },
      { key: 'empty', value: '' },
    ];
    const fields = fieldsOf({ extras });
    expect(fields).toMatchObject({
      extras_UpdateFrequency: ['termly'],
      UpdateFrequency: ['termly'],
      extras_title: ['other'],
      title: ['Flood risk'],
      extras_text: ['x'],
    });
    for (const name of ['text', 'empty', 'extras_empty', 'extras']) expect(fields).not.toHaveProperty(name);
  });

  it('gathers tags, groups, organization and resources', () => {
    const fields = fieldsOf({
      tags: [{ name: 'a' }, { name: 'v1', vocabulary_id: 'v' }],
      groups: [{ name: 'g' }],
      organization: { name: 'o', title: 'O' },
      resources: [
        { name: 'r', format: 'CSV', url: 'http://x.example', licence: 'ogl' },
        { name: '', format: 'CSV' },
      ],
    });
    expect(fields).toMatchObject({
      tags: ['a'],
      vocab_schema: ['v1'],
      groups: ['g'],
      organization: ['o'],
      res_name: ['r'],
      res_format: ['CSV', 'CSV'],
      res_url: ['http://x.example'],
      res_extras_licence: ['ogl'],
    });
    expect(fields).not.toHaveProperty('resources');
  });

  it('reads dates, and drops those that are none', () => {
    const extras = [
      { key: 'review_date', value: '31/12/2020' },
      { key: 'issued_date', value: '2018-07-04T10:00:00+01:00' },
      { key: 'bad_date', value: 'not a date' },
    ];
    const fields = fieldsOf({ extras, metadata_modified: '2024-06-10T09:00:00.123456' });
    expect(fields).toMatchObject({
      review_date: ['2020-12-31T00:00:00.000Z'],
      extras_review_date: ['2020-12-31T00:00:00Z'],
      issued_date: ['2018-07-04T09:00:00.000Z'],
      metadata_modified: ['2024-06-10T09:00:00.123Z'],
    });
    expect(fields).not.toHaveProperty('bad_date');
    expect(fields).not.toHaveProperty('extras_bad_date');
  });

  it.each([
    [
      '{"type":"Polygon","coordinates":[[[-1,50],[2,50],[2,53],[-1,53],[-1,50]]]}',
      { minx: ['-1'], maxx: ['2'], miny: ['50'], maxy: ['53'] },
    ],
    ['{"type":"Point","coordinates":[1,2]}', { minx: ['1'], maxx: ['1'] }],
    ['not json', {}],
    ['{"coordinates":[[[[[[[[[[[[1,2]]]]]]]]]]]]}', {}],
  ])('has the extent of %s and not its text', (value, extent) => {
    const fields = fieldsOf({ extras: [{ key: 'spatial', value }] });
    expect(fields).toMatchObject(extent);
    expect('minx' in fields).toBe('minx' in extent);
    expect(fields).not.toHaveProperty('extras_spatial');
  });

  it('does not exist for a deleted dataset, unless the index keeps those', () => {
    expect(buildIndexDocument({ ...base, state: 'deleted' }, [], config)).toBeUndefined();
    expect(
      buildIndexDocument({ ...base, state: 'deleted' }, [], { ...config, removeDeleted: false }),
    ).toBeDefined();
  });

  it('holds texts that every engine can store', () => {
    const fields = fieldsOf({ notes: 'a\0b\ud800', extras: [{ key: 'long', value: 'x'.repeat(40_000) }] });
    expect(fields['notes']).toEqual(['ab']);
    expect(fields['long']![0]).toHaveLength(15_000);
    expect(fields['extras_long']![0]).toHaveLength(40_000);
  });
});
