import fc from 'fast-check';
import { date, email, keyword, text, title, url } from './odd.ts';
import { jsonLd, type Node, rdfXml, turtle, type Value } from './rdf.ts';
import type { Answer, Documents, Scenarios } from './scenario.ts';

type Says = [string, Value][];

const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { nil: undefined, freq });

/** A property with none, one or several values; an order among several would be the library's. */
const says = (name: string, value: fc.Arbitrary<Value>, freq = 1): fc.Arbitrary<Says> =>
  maybe(value, freq).map((one) => (one === undefined ? [] : [[name, one]]));

/** Addresses that can stand in any of the formats. */
const iri = url
  .filter((one) => /^(https?|ftp|mailto):[^\s<>"{}|\\^`]+$/i.test(one))
  .map((one) => ({ iri: one }));
const plain = fc
  .record({ text, language: fc.constantFrom(undefined, undefined, undefined, 'en', 'de') })
  .map(({ text, language }): Value => ({ text, ...(language ? { language } : {}) }));
const bare = text.map((text): Value => ({ text }));
const dated = fc
  .record({ text: date, type: fc.constantFrom(undefined, 'xsd:date', 'xsd:dateTime') })
  // The library reads and writes anew what says that it is a date.
  .map(({ text, type }): Value => ({ text, ...(type && /^\d{4}-\d\d-\d\dT?/.test(text) ? { type } : {}) }));
const linkOr = (other: fc.Arbitrary<Value>) => fc.oneof(iri, other);

const all = (...parts: fc.Arbitrary<Says>[]): fc.Arbitrary<Says> =>
  fc.tuple(...parts).map((said) => said.flat());

const agent: fc.Arbitrary<Value> = all(
  says('foaf:name', plain, 4),
  says('foaf:mbox', linkOr(email.map((text) => ({ text })))),
  says('foaf:homepage', iri),
  says('dct:type', iri),
  says('dct:identifier', bare),
).map((said) => ({ type: 'foaf:Organization', says: said }));

const contact: fc.Arbitrary<Value> = all(
  says('vcard:fn', plain, 4),
  says(
    'vcard:hasEmail',
    email.map((one) =>
      /^[\w@:.]+$/.test(one) ? { iri: one.replace(/^(?!mailto:)/, 'mailto:') } : { text: one },
    ),
    4,
  ),
  says('vcard:hasUID', bare),
  says('vcard:hasURL', iri),
).map((said) => ({ type: 'vcard:Organization', says: said }));

const period: fc.Arbitrary<Value> = fc.oneof(
  all(says('schema:startDate', dated, 4), says('schema:endDate', dated, 4)).map((said) => ({
    type: 'dct:PeriodOfTime',
    says: said,
  })),
  all(says('dcat:startDate', dated, 4), says('dcat:endDate', dated, 4)).map((said) => ({
    type: 'dct:PeriodOfTime',
    says: said,
  })),
);

const square = '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}';
const wkt = 'POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))';
const json = 'https://www.iana.org/assignments/media-types/application/vnd.geo+json';
const shape = fc.constantFrom<Value>(
  { text: square, type: json },
  { text: wkt, type: 'gsp:wktLiteral' },
  { text: 'POINT(1 2)', type: 'gsp:wktLiteral' },
  { text: '<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(1 2)', type: 'gsp:wktLiteral' },
  { text: 'nowhere', type: 'gsp:wktLiteral' },
  { text: '{"type":"Point"', type: json },
  { text: square },
);
const location: fc.Arbitrary<Value> = fc.oneof(
  iri,
  bare,
  all(
    says('skos:prefLabel', plain),
    says('rdfs:label', plain),
    says('locn:geometry', shape, 3),
    says('dcat:bbox', shape),
    says('dcat:centroid', shape),
  ).map((said) => ({ type: 'dct:Location', says: said })),
);

const format = fc.constantFrom<Value>(
  ...[
    'CSV',
    'text/csv',
    'application/json',
    'csv',
    'Geo JSON',
    '',
    'application/x-made-up',
    'ESRI Shapefile',
  ].map((text) => ({ text })),
  { iri: 'http://www.iana.org/assignments/media-types/text/csv' },
  { iri: 'http://publications.europa.eu/resource/authority/file-type/CSV' },
  { iri: 'https://www.iana.org/assignments/media-types/application/json' },
  { says: [['rdfs:label', { text: 'Excel' }]], type: 'dct:MediaTypeOrExtent' },
  {
    says: [
      ['rdf:value', { text: 'text/csv' }],
      ['rdfs:label', { text: 'CSV' }],
    ],
    type: 'dct:IMT',
  },
);

const licence = fc.constantFrom<Value>(
  { iri: 'http://www.opendefinition.org/licenses/cc-by' },
  { iri: 'https://creativecommons.org/licenses/by/4.0/' },
  { iri: 'http://creativecommons.org/publicdomain/zero/1.0/' },
  { iri: 'http://licence.test/mine' },
  { text: 'Creative Commons Attribution' },
  { text: 'cc-by' },
  { says: [['dct:title', { text: 'Open Data Commons Attribution License' }]], type: 'dct:LicenseDocument' },
  { text: '' },
);

const distribution: fc.Arbitrary<Says> = all(
  says('dct:title', plain, 3),
  says('dct:description', plain, 2),
  says('dcat:accessURL', linkOr(url.map((text) => ({ text }))), 4),
  says('dcat:downloadURL', linkOr(url.map((text) => ({ text }))), 2),
  says('dct:issued', dated),
  says('dct:modified', dated),
  says('dct:format', format, 2),
  says('dcat:mediaType', format),
  says(
    'dcat:byteSize',
    fc.constantFrom<Value>(
      { text: '1234', type: 'xsd:integer' },
      { text: '12.5', type: 'xsd:decimal' },
      { text: 'big' },
      { text: '0' },
      { text: '99999999999' },
      { text: '' },
    ),
  ),
  says('dct:license', licence, 2),
  says('dct:rights', linkOr(plain)),
  says('adms:status', iri),
  says('dct:language', linkOr(bare)),
  says('foaf:page', iri),
  says('dct:conformsTo', iri),
  says(
    'spdx:checksum',
    fc.constant<Value>({
      type: 'spdx:Checksum',
      says: [
        ['spdx:checksumValue', { text: 'abc123' }],
        ['spdx:algorithm', { iri: 'http://spdx.org/rdf/terms#checksumAlgorithm_sha1' }],
      ],
    }),
  ),
);

/** Others are made fit here, and fail there. */
const isTag = (text: string) => text.split(',').every((one) => /^[\p{L}\p{N} _.-]{2,100}$/u.test(one.trim()));

const dataset = fc.record({
  // Without one the real harvester stops reading.
  title: title.filter((one) => one.trim() !== ''),
  language: fc.constantFrom(undefined, undefined, 'en', 'de'),
  // Without either its GUID follows the order of the document there, its title here.
  kind: fc.constantFrom('iri', 'iri', 'iri', 'identifier'),
  distributions: fc.array(fc.record({ said: distribution, blank: fc.boolean() }), { maxLength: 3 }),
  keywords: fc.uniqueArray(keyword.filter(isTag), { maxLength: 4 }),
  said: all(
    says('dct:description', plain, 5),
    says('dcat:landingPage', linkOr(bare)),
    says('owl:versionInfo', bare),
    says('adms:version', bare),
    says('dcat:version', bare),
    says('adms:versionNotes', plain),
    says('dct:issued', dated, 2),
    says('dct:modified', dated, 2),
    says('dct:accrualPeriodicity', linkOr(bare)),
    says('dct:provenance', linkOr(plain)),
    says('dct:type', linkOr(bare)),
    says('dct:language', linkOr(bare)),
    says('dcat:theme', linkOr(bare)),
    says('adms:identifier', linkOr(bare)),
    says('dct:conformsTo', linkOr(bare)),
    says('foaf:page', iri),
    says('dct:relation', linkOr(bare)),
    says('dct:hasVersion', iri),
    says('dct:isVersionOf', iri),
    says('dct:source', linkOr(bare)),
    says('adms:sample', iri),
    says('dcat:contactPoint', contact, 2),
    says('adms:contactPoint', contact),
    says('dct:publisher', linkOr(agent), 2),
    says('dct:creator', agent),
    says('dct:temporal', period),
    says('dct:spatial', location),
    says('dct:accessRights', linkOr(plain)),
    says('dct:license', licence),
  ),
});

type One = typeof dataset extends fc.Arbitrary<infer T> ? T : never;

const base = 'http://data.test/dataset/';

function nodeOf(one: One, key: string): Node {
  return {
    ...(one.kind === 'iri' ? { iri: `${base}${key}` } : {}),
    type: 'dcat:Dataset',
    says: [
      ['dct:title', { text: one.title, ...(one.language ? { language: one.language } : {}) }],
      ...(one.kind === 'identifier' ? ([['dct:identifier', { text: `id-${key}` }]] as Says) : []),
      ...one.keywords.map((text): [string, Value] => ['dcat:keyword', { text }]),
      ...one.said,
      ...one.distributions
        .slice(0, 1)
        .map(({ said, blank }, at): [string, Value] => [
          'dcat:distribution',
          { ...(blank ? {} : { iri: `${base}${key}/part/${at}` }), type: 'dcat:Distribution', says: said },
        ]),
    ],
  };
}

const formats = [
  { kind: 'application/rdf+xml', write: rdfXml, ends: '.rdf' },
  { kind: 'text/turtle', write: turtle, ends: '.ttl' },
  { kind: 'application/ld+json', write: jsonLd, ends: '.jsonld' },
];

const page = (nodes: Node[], format: (typeof formats)[number]): Answer => ({
  headers: { 'content-type': `${format.kind}; charset=utf-8` },
  body: format.write(nodes),
});

const catalogue = (root: string): Node => ({
  iri: 'http://data.test/catalogue',
  type: 'dcat:Catalog',
  says: [
    ['dct:title', { text: 'Catalogue' }],
    ['foaf:homepage', { iri: `${root}/home` }],
  ],
});

/** One graph in one or two pages, harvested three times, datasets changed, gone and back. */
export const rdfScenarios: Scenarios = ({ seed, records, root }) => {
  const format = formats[seed % formats.length] as (typeof formats)[number];
  const paged = seed % 2 === 0;
  const path = `/rdf-${seed}${format.ends}`;
  const sampled = fc.sample(fc.tuple(dataset, dataset), { seed, numRuns: records });
  const runs = [0, 1, 2].map((run): Documents => {
    const nodes = sampled.flatMap(([one, other], at) => {
      const key = `${seed}-${at}`;
      if (run === 1 && at % 5 === 0) return [];
      return [nodeOf(run === 1 && at % 5 < 3 ? { ...other, kind: one.kind } : one, key)];
    });
    if (!paged) return { [path]: page([catalogue(root), ...nodes], format) };
    const half = Math.ceil(nodes.length / 2);
    const view: Node = {
      iri: `${root}${path}`,
      type: seed % 4 === 0 ? 'hydra:PagedCollection' : 'hydra:PartialCollectionView',
      says: [[seed % 4 === 0 ? 'hydra:nextPage' : 'hydra:next', { text: `${root}${path}?page=2` }]],
    };
    return {
      [path]: page([view, catalogue(root), ...nodes.slice(0, half)], format),
      [`${path}?page=2`]: page([catalogue(root), ...nodes.slice(half)], format),
    };
  });
  return [
    {
      name: `rdf-${seed}`,
      type: 'dcat_rdf',
      path,
      config:
        seed % 6 === 5
          ? { rdf_format: { '.rdf': 'xml', '.ttl': 'turtle', '.jsonld': 'json-ld' }[format.ends] }
          : {},
      runs,
      anyOrder: true,
    },
  ];
};
