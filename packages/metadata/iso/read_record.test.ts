import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoRecord } from '../../../test/harness/iso_record.ts';
import { withXml } from '../xml/document.ts';
import { isoFields } from './fields.table.ts';
import { inferValues } from './inferred.rules.ts';
import { readIsoRecord } from './read_record.ts';

const read = (text: string, reading = { anchors: true }) =>
  withXml(text, (document) => readIsoRecord(document, reading));

describe('an ISO 19139 record', () => {
  it('is read field by field, texts verbatim', () => {
    const values = read(isoRecord({ title: ' Tea & houses ', keywords: ['tea', 'houses'] }));
    expect(values).toMatchObject({
      guid: 'invented-1',
      title: ' Tea & houses ',
      'metadata-language': 'eng',
      'resource-type': ['dataset'],
      'metadata-date': '2026-01-02',
      'keyword-inspire-theme': ['tea', 'houses'],
      'limitations-on-public-access': ['None'],
      'use-constraints': ['Open'],
      'dataset-reference-date': [{ type: 'publication', value: '2026-01-01' }],
      bbox: [{ west: '-1', east: '1', south: '50', north: '52' }],
      lineage: 'Counted by hand.',
      'coupled-resource': [],
    });
    expect(values['resource-locator']).toEqual([
      { url: 'http://tea.test/houses.csv', function: '', name: 'Houses', description: '', protocol: '' },
    ]);
    expect(inferValues(values)).toMatchObject({
      released: '2026-01-01',
      updated: '',
      tags: ['tea', 'houses'],
      contact: 'Ministry of Tea',
      contactEmail: 'tea@tea.test',
      publisher: '',
    });
  });

  it('that is empty has every field of the table, empty', () => {
    const values = read('<a/>');
    expect(Object.keys(values)).toEqual(isoFields.map(({ name }) => name));
    expect(new Set(Object.values(values).map((value) => JSON.stringify(value)))).toEqual(
      new Set(['""', '[]']),
    );
  });

  it('may write its texts as links, as GEMINI 2.3 does', () => {
    const anchor = (text: string) =>
      `<gmd:otherConstraints><gmx:Anchor xmlns:gmx="http://www.isotc211.org/2005/gmx" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://none.test">${text}</gmx:Anchor></gmd:otherConstraints>`;
    const limits = (text: string, anchors = true) =>
      read(isoRecord({ constraints: anchor(text) }), { anchors })['limitations-on-public-access'];
    expect(limits('no limitations')).toEqual(['no limitations']);
    expect(limits('')).toEqual(['http://none.test']);
    expect(limits('no limitations', false)).toEqual([]);
  });

  it('gives back whatever texts it was made of', () => {
    // What XML can hold: no control characters, no lone surrogates; line ends become line feeds.
    const text = fc
      .string({ unit: 'grapheme' })
      .filter((one) => !/[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(one) && one !== '');
    fc.assert(
      fc.property(text, text, fc.array(text, { minLength: 1, maxLength: 5 }), (guid, title, keywords) => {
        const values = read(isoRecord({ guid, title, keywords }));
        expect([values.guid, values.title]).toEqual([guid, title]);
        expect(inferValues(values).tags).toEqual([...new Set(keywords)]);
      }),
      { numRuns: 50 },
    );
  });
});
