import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublic } from './additions.rules.ts';
import { mappingOf, validateDataJsonConfig } from './config.rules.ts';
import { dcatToDataset } from './mapping.rules.ts';

const asCkan = { additions: false, cleanTags: true };
const whole = { additions: true, cleanTags: true };

const record = {
  title: 'T',
  description: 'D',
  landingPage: 'http://h/',
  keyword: ['Good tag', 'bad,tag', 'bad,tag', 7],
  issued: '2020',
  modified: null,
  identifier: 'i',
  publisher: { name: 'P', email: 'p@h', identifier: 'pid' },
  creator: 'C',
  language: ['en', 'cy'],
  theme: ['Tea & cake', 'Cups'],
  license: 'http://nationalarchives.gov.uk/doc/open-government-licence/version/3',
  contactPoint: { fn: 'Tea desk', hasEmail: 'mailto:tea@h' },
  temporal: '2019-01-01/2019-12-31',
  distribution: [
    {
      title: 'R',
      accessURL: 'http://h/a',
      downloadURL: 'http://h/d',
      format: 'CSV',
      byteSize: '12',
      mediaType: 'text/plain',
    },
    { accessURL: 'http://h/a', byteSize: 'many', mediaType: 'application/json; charset=utf-8' },
    'no distribution',
  ],
};

const extrasOf = (more: object) =>
  Object.fromEntries(
    (dcatToDataset(more as Record<string, unknown>, whole).extras ?? []).map(({ key, value }) => [
      key,
      value,
    ]),
  );

describe('a record of a data.json', () => {
  it('is mapped as CKAN maps it, where that is wanted', () =>
    expect(dcatToDataset(record, asCkan)).toEqual({
      title: 'T',
      notes: 'D',
      url: 'http://h/',
      tags: [{ name: 'Good tag' }, { name: 'badtag' }, { name: '7_' }],
      extras: [
        { key: 'dcat_issued', value: '2020' },
        { key: 'guid', value: 'i' },
        { key: 'dcat_publisher_name', value: 'P' },
        { key: 'dcat_publisher_email', value: 'p@h' },
        { key: 'dcat_publisher_id', value: 'pid' },
        { key: 'dcat_creator_name', value: 'C' },
        { key: 'language', value: 'en,cy' },
      ],
      resources: [
        { name: 'R', description: null, url: 'http://h/d', format: 'CSV', size: 12 },
        { name: null, description: null, url: 'http://h/a', format: null },
      ],
    }));

  it('keeps its licence, contact, themes, period and media types besides', () => {
    const plain = dcatToDataset(record, asCkan);
    expect(dcatToDataset(record, whole)).toEqual({
      ...plain,
      license_id: 'uk-ogl',
      extras: [
        ...(plain.extras ?? []),
        { key: 'contact-name', value: 'Tea desk' },
        { key: 'contact-email', value: 'tea@h' },
        { key: 'dcat_theme', value: '["Tea & cake", "Cups"]' },
        { key: 'temporal_coverage-from', value: '2019-01-01' },
        { key: 'temporal_coverage-to', value: '2019-12-31' },
      ],
      resources: [
        { ...plain.resources?.[0], mimetype: 'text/plain' },
        { ...plain.resources?.[1], mimetype: 'application/json; charset=utf-8', format: 'JSON' },
      ],
    });
  });

  it('has a licence that the portal does not know as a text', () => {
    const dataset = dcatToDataset({ license: 'http://example.org/licence' }, whole);
    expect(dataset).not.toHaveProperty('license_id');
    expect(dataset.extras).toContainEqual({ key: 'licence', value: 'http://example.org/licence' });
  });

  it.each([
    [{ fn: '<Nobody>', hasEmail: 'mailto:<Nobody>' }, {}],
    [{ fn: ' ', hasEmail: 'n/a' }, {}],
    [[{ fn: 'First' }, { fn: 'Second' }], { 'contact-name': 'First' }],
    ['somebody', {}],
    [{ hasEmail: { '@id': 'MAILTO:tea@h' } }, { 'contact-email': 'tea@h' }],
  ])('with the contact %j has %j', (contactPoint, expected) =>
    expect(extrasOf({ contactPoint })).toEqual({ language: '', ...expected }),
  );

  it.each([
    ['2019/2020', { 'temporal_coverage-from': '2019', 'temporal_coverage-to': '2020' }],
    ['2019-01-01T00:00:00Z/P1Y', { 'temporal_coverage-from': '2019-01-01T00:00:00Z' }],
    [' / ', {}],
    ['R/P1D', {}],
    ['last year', {}],
    ['2018/2019/2020', {}],
    [5, {}],
  ])('with the period %j has %j', (temporal, expected) =>
    expect(extrasOf({ temporal })).toEqual({ language: '', ...expected }),
  );

  it.each([
    ['one theme', '["one theme"]'],
    [[' ', { a: 1 }, null], undefined],
    [{ '0': 'x' }, undefined],
  ])('with the theme %j has %j', (theme, expected) =>
    expect(extrasOf({ theme })['dcat_theme']).toBe(expected),
  );

  it('whose media type nobody knows leaves the format to its address', () =>
    expect(
      dcatToDataset(
        { distribution: [{ downloadURL: 'http://h/x.csv', mediaType: 'application/x-tea' }] },
        whole,
      ).resources,
    ).toEqual([
      { name: null, description: null, url: 'http://h/x.csv', format: null, mimetype: 'application/x-tea' },
    ]));

  it.each([
    [undefined, true],
    ['public', true],
    [' Public', true],
    ['', true],
    [['public'], true],
    ['restricted public', false],
    ['non-public', false],
  ])('of the access level %j is for everybody: %s', (accessLevel, expected) =>
    expect(isPublic({ accessLevel })).toBe(expected),
  );

  it.each([
    [' 1024 ', 1024],
    [12.5, 12],
    [-5, -5],
    ['1_000', 1000],
    ['0', 0],
    [0, undefined],
    ['1 kB', undefined],
    [1e30, undefined],
    [true, undefined],
  ])('of the size %j has %j bytes', (byteSize, size) =>
    expect(dcatToDataset({ distribution: [{ byteSize }] }, asCkan).resources?.[0]?.['size']).toBe(size),
  );

  it('has no publisher where no name is told of one', () =>
    expect(extrasOf({ publisher: { name: '', email: 'tea@h', identifier: 'pid' }, creator: 5 })).toEqual({
      language: '',
    }));

  it('has a creator whose name is a text, be it an empty one', () =>
    expect(extrasOf({ creator: '' })).toEqual({ dcat_creator_name: '', language: '' }));

  it('keeps tags that CKAN refuses, for whoever wants to hear of them', () =>
    expect(dcatToDataset(record, { ...whole, cleanTags: false }).tags).toEqual([
      { name: 'Good tag' },
      { name: 'bad,tag' },
      { name: '7' },
    ]));

  it('may be any JSON', () => {
    const keys = fc.constantFrom(
      'title',
      'keyword',
      'publisher',
      'distribution',
      'language',
      'identifier',
      'issued',
      'license',
      'theme',
      'temporal',
      'contactPoint',
    );
    fc.assert(
      fc.property(
        fc.dictionary(keys, fc.jsonValue()),
        (any) => void dcatToDataset(any as Record<string, unknown>, whole),
      ),
    );
  });
});

describe('the configuration of a data.json', () => {
  const portal = { dataJsonAdditions: true };

  it('says how its records are mapped', () => {
    expect(mappingOf({}, portal)).toEqual(whole);
    expect(mappingOf({}, { dataJsonAdditions: false })).toEqual(asCkan);
    expect(mappingOf({ additions: true }, { dataJsonAdditions: false })).toEqual(whole);
    expect(mappingOf({ additions: false, clean_tags: false }, portal)).toEqual({
      additions: false,
      cleanTags: false,
    });
  });

  it.each(['additions', 'clean_tags'])('has true or false for %s', (key) => {
    const good = JSON.stringify({ [key]: false });
    expect(validateDataJsonConfig(good)).toBe(good);
    expect(() => validateDataJsonConfig(JSON.stringify({ [key]: 'no' }))).toThrow(`${key} must be boolean`);
  });
});
