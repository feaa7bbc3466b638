import fc from 'fast-check';

/** Texts that publishers write: mostly ordinary ones, and what goes wrong. */
export const text = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'Tea houses',
      'Rivers of the north',
      'Roads',
      'Bus stops 2019',
      'A survey, part 1',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'Žlutý kůň',
      '馬車 and carts',
      'Größe – “quoted”',
      '  padded  ',
      'a & b < c > d',
      'it\'s "so"',
      'first\nsecond',
      'tab\there',
      'http://a.test/b c?d=e&f=g',
      'UPPER and lower',
      'a/b:c.d_e-f',
      'x'.repeat(130),
      'long words '.repeat(30),
      '{dataset_id} {unknown}',
      '<b>bold</b> &amp; more',
      '0',
      'null',
      'None',
      'true',
      '2020-01-01',
      '.',
      '-',
      'é',
      '\u00a0blank\u00a0',
      '🐎 horse',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\n  ') },
);

/** Texts that are there and not blank, several the same. */
export const title = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'Tea houses',
      'Rivers of the north',
      'Roads',
      'Bus stops 2019',
      'Roads of Besançon',
    ),
  },
  { weight: 2, arbitrary: text },
);

export const keyword = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('tea', 'rivers', 'Transport networks', 'air-quality', 'Geology') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'a',
      '',
      ' ',
      ' tea ',
      'Tea',
      'Größe',
      '馬車',
      'a,b',
      'a;b',
      '0101Soil?*[',
      'with/slash',
      "it's",
      'with (brackets)',
      'under_score.dot',
      'x'.repeat(101),
      'y'.repeat(60),
      'two  blanks',
      'line\nbreak',
      'a & b',
      '#hash',
      '100%',
      'Ünïcödé tag',
      '-',
    ),
  },
);

/** Moments as they are written, most of them readable. */
export const date = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('2019-03-04', '2020-01-02', '2021-11-30T10:20:30', '2018-05-06T07:08:09Z'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '2020-01-02T03:04:05.123+01:00',
      '2020-01',
      '2020',
      '20200102',
      '02/03/2020',
      '25/03/2020',
      '2 March 2020',
      'March 2020',
      '2020-02-30',
      '',
      ' ',
      'unknown',
      '2020-01-02T25:00:00',
      '1850-01-01',
      '2020-01-02 03:04',
      ' 2020-01-02 ',
      '31-12-2019',
      '12-31-2019',
      '2020/1/2',
      'Mon, 06 Jan 2020 10:00:00 GMT',
      '2020-1-2',
      '-0044-03-15',
    ),
  },
);

export const url = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'http://files.test/houses.csv',
      'https://files.test/map.shp.zip',
      'http://maps.test/geoserver/wms?service=WMS&request=GetCapabilities',
      'http://maps.test/wfs',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      ' http://files.test/padded.csv ',
      'HTTP://FILES.TEST/UPPER.CSV',
      'http://files.test/a b.csv',
      'http://files.test/ä.csv',
      'files.test/nothing.pdf',
      'see the library',
      'mailto:a@a.test',
      'ftp://files.test/x.gml',
      'http://files.test/x.TIFF',
      'http://files.test/x.kmz',
      'http://files.test/page.html#part',
      'http://files.test/x.json?y=z.pdf',
      'http://maps.test/arcgis/rest/services/x/MapServer',
      'http://maps.test/arcgis/services/x/MapServer/WMSServer?request=GetCapabilities',
      'http://maps.test/ows?SERVICE=WCS',
      'http://maps.test/csw?x=1',
      'http://maps.test/sos',
      'http://files.test/a.tar.gz',
      'http://files.test/x.xlsx',
      'http://files.test/x.docx',
      'http://files.test/x.geojson',
      '//files.test/relative',
      `http://files.test/${'long/'.repeat(60)}`,
    ),
  },
);

export const email = fc.constantFrom(
  'tea@tea.test',
  'tea@tea.test',
  '',
  ' tea@tea.test ',
  'mailto:tea@tea.test',
  'no address',
  'a@b',
  'ä@tea.test',
);
