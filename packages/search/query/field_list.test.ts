import { describe, expect, it } from 'vitest';
import { parseFieldList, presentFields, showsDataset } from './field_list.ts';

const fields = {
  id: ['1'],
  name: ['n'],
  tags: ['a', 'b'],
  extras_guid: ['g'],
  guid: ['g'],
  metadata_modified: ['2024-06-08T00:00:00.000Z'],
  metadata_created: ['2024-06-08T00:00:00.120Z'],
  minx: ['1.5'],
};
const shown = (list: string, score?: number) => presentFields(fields, parseFieldList(list), score);

describe('a list of fields', () => {
  it.each([
    ['id,name', { id: '1', name: 'n' }],
    ['id name', { id: '1', name: 'n' }],
    ['tags extras_guid guid', { tags: ['a', 'b'], guid: 'g' }],
    [
      'metadata_modified,metadata_created',
      { metadata_modified: '2024-06-08T00:00:00Z', metadata_created: '2024-06-08T00:00:00.120Z' },
    ],
    ['extras_*', { guid: 'g' }],
    ['?ame', { name: 'n' }],
    ['["id", "name"]', { id: '1', name: 'n' }],
    ['[docid] id', { id: '1' }],
    ['name,,id', { name: 'n' }],
    ['id;name', { id: '1' }],
    [',', {}],
    ['nosuch', {}],
  ])('%s shows what is stored', (list, item) => expect(shown(list)).toEqual(item));

  it('of nothing or a star shows all that is stored', () => {
    expect(shown('')).toEqual(shown('*'));
    expect(shown('*')).toMatchObject({ id: '1', minx: 1.5, guid: 'g', name_ngram: 'n' });
  });

  it('makes the text of the whole dataset only where it is shown', () => {
    const unwanted = () => {
      throw new Error('nobody asked for it');
    };
    expect(presentFields(fields, parseFieldList('id'), undefined, unwanted)).toEqual({ id: '1' });
    expect(presentFields(fields, parseFieldList('data_dict'), undefined, () => '{}')).toEqual({
      data_dict: '{}',
    });
  });

  it.each([
    ['data_dict', true],
    ['id,validated_*', true],
    ['*', true],
    ['id,name,extras_*', false],
  ])('%s says whether whole datasets have to be read: %s', (list, wanted) =>
    expect(showsDataset(parseFieldList(list))).toBe(wanted),
  );

  it.each(['*?'.repeat(14), '*a'.repeat(40_000), '*'.repeat(90_000)])(
    'has patterns that take no time, whatever they are (%#)',
    (pattern) => {
      const names = Array.from({ length: 500 }, (_, number) => `extras_${'a'.repeat(40)}${number}`);
      const hostile = parseFieldList(`${pattern}z id`);
      expect(presentFields(Object.fromEntries(names.map((one) => [one, ['']])), hostile, undefined)).toEqual(
        {},
      );
    },
  );

  it('has so many patterns at most', () => {
    expect(() => parseFieldList('a* '.repeat(101))).toThrow('more than 100 patterns');
    expect(parseFieldList('a* '.repeat(100)).fits('ab')).toBe(true);
  });

  it('shows the score when asked', () => expect(shown('id,score', 2.5)).toEqual({ id: '1', score: 2.5 }));
});
