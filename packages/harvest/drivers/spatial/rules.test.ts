import { readIsoRecord, withXml } from '@portolan/metadata';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoRecord } from '../../../../test/harness/iso_record.ts';
import { pythonNumber } from '../../text/python_number.rules.ts';
import { datasetFromIso } from './dataset.rules.ts';
import { extentOf } from './extent.rules.ts';
import { inferFormat } from './format.rules.ts';
import { licenceId, licenceUrl } from './licence.rules.ts';
import { readMetadataDate } from './metadata_date.rules.ts';
import { readSpatial } from './read.ts';
import { guessStandard } from './read_document.ts';

describe('the format of a resource', () => {
  it.each([
    ['OGC:WMS-1.3.0-http-get-capabilities ', 'http://a.test/x', 'wms'],
    ['WWW:LINK-1.0-http--link', 'http://a.test/wfs?x', 'wfs'],
    ['WWW:LINK-1.0-http-link', 'http://a.test/wfs?x', 'http'],
    ['', 'http://a.test/ows?Service=WMS&request=x', 'wms'],
    ['', 'http://a.test/arcgis/services/x/ImageServer/WCSServer', 'wcs'],
    ['', 'http://a.test/ArcGIS/rest/services/x', 'arcgis_rest'],
    ['', 'http://a.test/x.TIFF', 'tif'],
    ['', 'http://a.test/unzip', 'zip'],
    ['', 'http://a.test/x.csv', 'text/csv'],
    // As CKAN, which looks at the end of the whole address.
    ['', 'http://a.test/x.csv?y=z', null],
    ['', 'http://a.test/x.geojson', 'application/json'],
    ['', 'http://a.test/x.tar.gz', 'application/x-tar'],
    ['', 'http://a.com', null],
    ['', 'nonsense', null],
  ])('of %s at %s is %s', (protocol, url, format) => expect(inferFormat({ protocol, url })).toBe(format));
});

describe('the date of a record', () => {
  it.each([
    ['2011-09-08T16:07:32', '2011-09-08 16:07:32'],
    ['2011-09-08T16:07:32.5Z', '2011-09-08 16:07:32'],
    ['2011-09-08T16:07:32+01:00', '2011-09-08 16:07:32'],
    ['20110908', '2011-09-08 00:00:00'],
    [' 2011-09 ', '2011-09-01 00:00:00'],
    ['2011', '2011-01-01 00:00:00'],
    ['8 September 2011', '2011-09-08 00:00:00'],
    ['Thu, 08 Sep 2011 16:07:32 GMT', '2011-09-08 16:07:32'],
    ['0001-01-01', '0001-01-01 00:00:00'],
    ['02/03/2020', '2020-02-03 00:00:00'],
    ['25/03/2020', '2020-03-25 00:00:00'],
    ['12.03.2020', '2020-12-03 00:00:00'],
    ['2020-1-2', '2020-01-02 00:00:00'],
    ['March 2020', '2020-03-01 00:00:00'],
    ['March 3, 2020', '2020-03-03 00:00:00'],
    ['3-Mar-20', '2020-03-03 00:00:00'],
    ['2019 May 3', '2019-05-03 00:00:00'],
    ['1st of May 2019', '2019-05-01 00:00:00'],
    ['2020-01-02 3pm', '2020-01-02 15:00:00'],
    ['20200102T0304', '2020-01-02 03:04:00'],
    ['-0044-03-15', '0044-03-15 00:00:00'],
    ['0000-01-01', undefined],
    ['2020-W01-1', undefined],
    ['2020-01-02Z', undefined],
    ['2019/2020', undefined],
    ['1998-12-31/1999-01-01', undefined],
    ['2000s', undefined],
    ['10:30', undefined],
    ['12011-01-01', undefined],
    ['2009-00-00', undefined],
    ['2011-02-30', undefined],
    ['2011-02-03T25:00', undefined],
    ['Ides of March', undefined],
    ['', undefined],
  ])('%s is read as %s', (text, date) => expect(readMetadataDate(text)).toBe(date));

  it('is read from whatever JavaScript writes, and orders like time', () => {
    const moment = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const [x, y] = [a, b].map((date) => readMetadataDate(date.toISOString()) ?? '');
        expect(x).toBe(a.toISOString().slice(0, 19).replace('T', ' '));
        if (Math.floor(a.getTime() / 1000) < Math.floor(b.getTime() / 1000))
          expect((x ?? '') < (y ?? '')).toBe(true);
      }),
    );
  });
});

describe('the extent of a record', () => {
  const box = (west: string, east: string, south: string, north: string) => [{ west, east, south, north }];
  const spatial = (boxes: ReturnType<typeof box>) =>
    extentOf(boxes).extras.find(({ key }) => key === 'spatial')?.value;

  it('is a polygon, west first', () => {
    expect(spatial(box('-9.0997', '1', '50', '61.5'))).toBe(
      '{"type": "Polygon", "coordinates": [[[-9.0997, 50.0], [1.0, 50.0], [1.0, 61.5], [-9.0997, 61.5], [-9.0997, 50.0]]]}',
    );
  });
  it('without width or height is a point, and an error', () => {
    expect(extentOf(box('1', '1', '50', '51'))).toMatchObject({
      problems: ['Point extent defined instead of polygon'],
    });
    expect(spatial(box('1_0', '2', '5', '5'))).toBe('{"type": "Point", "coordinates": [10.0, 5.0]}');
    expect(spatial(box('1', '2', '50', '50'))).toBe('{"type": "Point", "coordinates": [1.0, 50.0]}');
  });
  it.each(['west', '', 'NaN', '1,5', '0x10'])('with %j for a side is none, and an error', (side) => {
    expect(spatial(box(side, '1', '2', '3'))).toBeUndefined();
    expect(extentOf(box(side, '1', '2', '3')).problems).toEqual([
      `Error parsing bounding box value: could not convert string to float: '${side}'`,
    ]);
  });
  it('is missing where there is none', () => expect(extentOf([])).toEqual({ extras: [], problems: [] }));
  it('is JSON whatever the numbers', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (side) => {
        expect(JSON.parse(pythonNumber(side))).toBe(side);
        expect(JSON.parse(spatial(box(String(side), '1', '2', '3')) ?? '')).toHaveProperty('type');
      }),
    );
  });
});

it.each([
  [['see http://a.test/x', 'http://a.test/x Reference only'], 'http://a.test/x Reference only', undefined],
  [['by arrangement'], undefined, undefined],
  [['UK-OGL'], undefined, 'uk-ogl'],
  [['http://www.opendefinition.org/licenses/cc-by'], 'http://www.opendefinition.org/licenses/cc-by', 'cc-by'],
])('of the constraints %j the address is %s and the licence %s', (constraints, url, id) => {
  expect([licenceUrl(constraints), licenceId(constraints)]).toEqual([url, id]);
});

it.each([
  ['<gmd:MD_Metadata></GMD:md_metadata>', 'iso'],
  ['<gmi:MI_Metadata></gmi:MI_Metadata>', 'iso'],
  ['<MD_Metadata xmlns="http://www.isotc211.org/2005/gmd"></MD_Metadata >', 'iso'],
  ['<iso:MD_Metadata></iso:MD_Metadata>', 'iso'],
  ['<metadata></metadata>', 'fgdc'],
  ['<html></html>', 'unknown'],
])('%s looks like %s', (text, standard) => expect(guessStandard(text)).toBe(standard));

describe('a record that cannot be imported', () => {
  const read = (content: string, goOn = true) =>
    readSpatial({ content, objectId: 'o', guid: 'listed', config: {}, profiles: [], anchors: true, goOn });

  it('is called what it calls itself once that is read', () => {
    expect(read(isoRecord({ guid: 'own', date: 'unknown' }))).toMatchObject({
      refused: 'Could not extract reference date for object o (unknown)',
      guid: 'own',
    });
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('fails at validation and, where that is to go on (%s), at reading', (goOn, further) => {
    expect(read('<a></b>', goOn)).toMatchObject({
      refused: expect.stringMatching('^Could not parse XML file: '),
      problems: Array(further).fill({
        message: expect.stringMatching('^Error parsing ISO document for object o: '),
        stage: 'Import',
      }),
    });
  });
});

describe('an ISO record as a dataset', () => {
  const map = (text: string, config = {}) =>
    datasetFromIso(
      withXml(text, (document) => readIsoRecord(document)),
      config,
    ).dataset;

  it('has tags of any characters, or cleaned, and the source’s own', () => {
    const record = isoRecord({ keywords: ['Soil?*[', 'x'.repeat(120), 'Soil?*['] });
    const tags = (config = {}) => map(record, config).tags?.map(({ name }) => name);
    expect(tags({ default_tags: ['ours'] })).toEqual(['Soil?*[', 'x'.repeat(100), 'ours']);
    expect(tags({ clean_tags: true })).toEqual(['soil', 'x'.repeat(100)]);
  });

  it('keeps Python’s forms of lists', () => {
    const extras = Object.fromEntries(map(isoRecord()).extras?.map(({ key, value }) => [key, value]) ?? []);
    expect(extras).toMatchObject({
      guid: 'invented-1',
      licence: '["Open"]',
      access_constraints: '["None"]',
      'dataset-reference-date': '[{"type": "publication", "value": "2026-01-01"}]',
      'responsible-party': '[{"name": "Ministry of Tea", "roles": ["owner"]}]',
      'coupled-resource': '[]',
      spatial_harvester: 'true',
    });
  });

  it('has the GUID that it tells, though none', () => {
    const guid = (record: string) => map(record).extras?.find(({ key }) => key === 'guid')?.value;
    expect(guid(isoRecord({ guid: 'own' }))).toBe('own');
    expect(guid(isoRecord({ guid: '' }))).toBe('');
  });

  it('is made of any document', () => {
    expect(map('<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd"/>')).toMatchObject({
      title: '',
      tags: [],
      resources: [],
    });
  });
});
