import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutPersonalData, withoutPersonalText } from './fields.rules.ts';

describe('a dataset without personal data', () => {
  it('has none of the fields at any depth, nor in lists of extras, nor in copies as text', () => {
    const dict = { author: 'Ada', title: 'T', extras: [{ key: 'maintainer_email', value: 'a@b' }] };
    const dataset = {
      ...dict,
      maintainer: null,
      organization: { name: 'o', author_email: 'x@y' },
      resources: [{ id: 'r', maintainer: { name: 'Ada' } }],
      extras: [
        { key: 'author', value: 'Ada' },
        { id: '1', key: 'guid', value: 'author' },
        { value: 'Ada', key: 'maintainer' },
      ],
      extras_author: 'Ada',
      validated_data_dict: JSON.stringify(dict),
      data_dict: JSON.stringify(dict),
    };
    expect(withoutPersonalData(dataset)).toEqual({
      title: 'T',
      organization: { name: 'o' },
      resources: [{ id: 'r' }],
      extras: [{ id: '1', key: 'guid', value: 'author' }],
      validated_data_dict: '{"title":"T","extras":[]}',
      data_dict: '{"title":"T","extras":[]}',
    });
  });

  it('keeps what only looks like one of them', () => {
    const kept = { authors: 'a', 'contact-email': 'b', title: '"author": "x"', tags: [{ name: 'author' }] };
    expect(withoutPersonalData(kept)).toEqual(kept);
    expect(JSON.parse(withoutPersonalText(JSON.stringify(kept)))).toEqual(kept);
  });

  const names = [
    'author',
    'maintainer_email',
    'extras_author',
    'key',
    'value',
    'x"author',
    'data_dict',
    '\\',
  ];
  const texts = fc.oneof(
    fc.constantFrom(...names, '"author":"x"', '{"author":"x"}', ',"author": 1}', '\\"'),
    fc.string(),
  );
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      texts.map((text) => (text.startsWith('{') ? text : `${text} `)),
      fc.constantFrom(null, true, -1.5e-7, 0),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.array(
        fc.record({
          key: fc.constantFrom('author', 'guid', 'maintainer'),
          value: fc.oneof(texts, fc.constant(null)),
        }),
        { maxLength: 4 },
      ),
      fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('json'), { maxKeys: 6 }),
    ),
  }));
  it('is the same whether it is cut out of the text or taken from the value, however the text is spaced', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 1), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(JSON.parse(withoutPersonalText(text))).toEqual(
          JSON.parse(JSON.stringify(withoutPersonalData(JSON.parse(text)))),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('is cut out of the text of a stored dataset without touching anything else', () => {
    const text =
      '{"author":"A \\"q\\"","author_email":null,"id":"1","maintainer":null,"maintainer_email":"a@b",' +
      '"extras":[{"key":"author","value":"x"},{"key":"b","value":"y"},{"key":"maintainer","value":null}],"type":"t"}';
    expect(withoutPersonalText(text)).toBe('{"id":"1","extras":[{"key":"b","value":"y"}],"type":"t"}');
  });
});
