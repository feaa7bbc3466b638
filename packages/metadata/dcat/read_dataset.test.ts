import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syntaxOf } from '../rdf/formats.table.ts';
import { parseRdf } from '../rdf/parse.ts';
import { type DcatDataset, type ReadingPortal, readDatasets } from './read_dataset.ts';

const portal: ReadingPortal = {
  url: 'http://portal.test',
  language: 'en',
  format: (text) => ({ 'text/csv': 'CSV', csv: 'CSV', 'application/zip': 'ZIP' })[text.toLowerCase()] ?? text,
  license: (by) =>
    ('url' in by ? by.url === 'http://licences.test/open' : by.title === 'The open licence')
      ? 'open'
      : undefined,
};

const head = `
@prefix adms: <http://www.w3.org/ns/adms#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix gsp: <http://www.opengis.net/ont/geosparql#> . @prefix locn: <http://www.w3.org/ns/locn#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix time: <http://www.w3.org/2006/time#> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
`;

async function read(statements: string): Promise<DcatDataset> {
  const text = `${head}<http://tea.test/leaves> a dcat:Dataset ; ${statements} .`;
  const [dataset] = readDatasets(await parseRdf(text, 'turtle', { base: 'http://tea.test/' }), portal);
  return dataset!;
}

describe('a catalogue within a catalogue', () => {
  const catalogues = `${head}
    <http://c.test/> a dcat:Catalog ; dct:title "All" ; dct:hasPart <http://c.test/tea> ; dcat:dataset <http://c.test/1>, <http://c.test/2> .
    <http://c.test/tea> a dcat:Catalog ; dct:title "Tea" ; dct:description "Of tea" ; foaf:homepage <http://tea.test/> ;
      dct:language "en" ; dct:modified "2031-04-05"^^xsd:date ; dct:publisher [ foaf:name "P" ; foaf:mbox <mailto:p@p.test> ] ;
      dcat:dataset <http://c.test/1> .
    <http://c.test/1> a dcat:Dataset ; dct:title "One" . <http://c.test/2> a dcat:Dataset ; dct:title "Two" .`;
  const sources = async (subcatalogues: boolean) => {
    const graph = await parseRdf(catalogues, 'turtle', { base: 'http://c.test/' });
    return [...readDatasets(graph, { ...portal, subcatalogues })].map(({ fields, extras }) => [
      fields['title'],
      Object.fromEntries(Object.entries(extras).filter(([key]) => key.startsWith('source_catalog_'))),
    ]);
  };

  it('is told of by its datasets, the outer one by those that have no other', async () =>
    expect(await sources(true)).toEqual([
      [
        'One',
        {
          source_catalog_title: 'Tea',
          source_catalog_description: 'Of tea',
          source_catalog_homepage: 'http://tea.test/',
          source_catalog_language: 'en',
          source_catalog_modified: '2031-04-05',
          source_catalog_publisher: {
            uri: '',
            name: 'P',
            email: 'p@p.test',
            url: '',
            type: '',
            identifier: '',
          },
        },
      ],
      ['Two', { source_catalog_title: 'All' }],
    ]));

  it('is of no matter where nobody asks', async () =>
    expect(await sources(false)).toEqual([
      ['One', {}],
      ['Two', {}],
    ]));
});

describe('a dcat:Dataset', () => {
  it.each<[what: string, statements: string, fields: Record<string, unknown>]>([
    ['the portal’s language', 'dct:title "Blätter"@de, "Leaves"@en', { title: 'Leaves' }],
    ['else the first', 'dct:title "Blätter"@de, "Feuilles"@fr', { title: 'Blätter' }],
    ['a landing page, whatever it is called', 'dcat:landingPage <http://l.test>', { url: 'http://l.test' }],
    ['DCAT 3’s version before the others', 'owl:versionInfo "1" ; dcat:version "2"', { version: '2' }],
    ['an older version', 'adms:version "3"', { version: '3' }],
    ['nothing for an empty text', 'dct:title ""', {}],
  ])('has %s', async (_what, statements, fields) => {
    expect((await read(statements)).fields).toEqual(fields);
  });

  it.each<[what: string, statements: string, extras: Record<string, unknown>]>([
    [
      'a time in UTC',
      'dct:modified "2031-04-05T06:07:08Z"^^xsd:dateTime',
      { modified: '2031-04-05T06:07:08+00:00' },
    ],
    [
      'six digits of a second',
      'dct:issued "2031-04-05T06:07:08.5"^^xsd:dateTime',
      { issued: '2031-04-05T06:07:08.500000' },
    ],
    ['a date without its zone', 'dct:issued "2031-04-05+02:00"^^xsd:date', { issued: '2031-04-05' }],
    ['a date that has a time', 'dct:issued "2031-04-05T06:07:08Z"^^xsd:date', { issued: '2031-04-05' }],
    ['a time without one', 'dct:issued "2031-04-05"^^xsd:dateTime', { issued: '2031-04-05T00:00:00' }],
    [
      'a time without seconds',
      'dct:issued "2031-04-05 06:07"^^xsd:dateTime',
      { issued: '2031-04-05T06:07:00' },
    ],
    [
      'a time in the compact form',
      'dct:issued "20310405T060708,5+0100"^^xsd:dateTime',
      { issued: '2031-04-05T06:07:08.500000+01:00' },
    ],
    [
      'a time of no day, as it is',
      'dct:issued "2031-02-30T06:07"^^xsd:dateTime',
      { issued: '2031-02-30T06:07' },
    ],
    ['a year', 'dct:issued "2031"^^xsd:gYear', { issued: '2031' }],
    ['a date that is none, as it is', 'dct:issued "spring"^^xsd:date', { issued: 'spring' }],
    [
      'a label of a statement',
      'dct:accessRights [ a dct:RightsStatement ; rdfs:label "For all" ]',
      { access_rights: 'For all' },
    ],
    [
      'a label of an IRI',
      'dct:accrualPeriodicity <http://f.test/1> . <http://f.test/1> rdfs:label "often"',
      { frequency: 'often' },
    ],
    ['an IRI without one', 'dct:accrualPeriodicity <http://f.test/1>', { frequency: 'http://f.test/1' }],
    [
      'lists in their order',
      'dct:language "en", <http://l.test/de>',
      { language: ['en', 'http://l.test/de'] },
    ],
    ['lists without empty texts', 'dct:language "", "de"', { language: ['de'] }],
    ['notations', 'adms:identifier [ skos:notation "n-1" ]', { alternate_identifier: ['n-1'] }],
    [
      'a publisher',
      'dct:publisher <http://p.test> . <http://p.test> foaf:name "P" ; foaf:mbox <mailto:p@p.test>',
      { publisher_uri: 'http://p.test', publisher_name: 'P', publisher_email: 'p@p.test' },
    ],
    ['a publisher that is a text', 'dct:publisher "P"', { publisher_name: 'P' }],
    ['the first creator', 'dct:creator [ foaf:name "a" ], [ foaf:name "b" ]', { creator_name: 'a' }],
    [
      'a contact',
      'dcat:contactPoint [ vcard:fn "C" ; vcard:hasEmail <mailto:c@c.test> ; vcard:hasURL <http://c.test> ]',
      { contact_name: 'C', contact_email: 'c@c.test', contact_url: 'http://c.test' },
    ],
    [
      'a contact of ADMS, its address in a node',
      'adms:contactPoint [ vcard:fn "C" ; vcard:hasEmail [ vcard:value <mailto:c@c.test> ] ]',
      { contact_name: 'C', contact_email: 'c@c.test' },
    ],
    [
      'a period of DCAT before others',
      'dct:temporal [ schema:startDate "1998" ; dcat:startDate "1999"^^xsd:gYear ]',
      { temporal_start: '1999' },
    ],
    [
      'a period of schema.org',
      'dct:temporal [ schema:startDate "1998" ; schema:endDate "1999" ]',
      { temporal_start: '1998', temporal_end: '1999' },
    ],
    [
      'a period of W3C Time',
      'dct:temporal [ time:hasEnd [ time:inXSDDate "2004-04-04"^^xsd:date ] ]',
      { temporal_end: '2004-04-04' },
    ],
    [
      'a place by IRI and name',
      'dct:spatial <http://pl.test> . <http://pl.test> a dct:Location ; skos:prefLabel "Here"',
      { spatial_uri: 'http://pl.test', spatial_text: 'Here' },
    ],
    [
      'WKT as GeoJSON',
      'dct:spatial [ a dct:Location ; locn:geometry "Point(1 2.5)"^^gsp:wktLiteral ]',
      { spatial: '{"type": "Point", "coordinates": [1.0, 2.5]}' },
    ],
    [
      'no broken geometry',
      'dct:spatial [ a dct:Location ; skos:prefLabel "p" ; locn:geometry "POINT((("^^gsp:wktLiteral ]',
      { spatial_text: 'p' },
    ],
    ['a homepage of its own', 'foaf:homepage <http://h.test>', { homepage: 'http://h.test' }],
  ])('has %s', async (_what, statements, extras) => {
    const always = { uri: 'http://tea.test/leaves', homepage: 'http://portal.test' };
    expect((await read(statements)).extras).toEqual({ ...always, ...extras });
  });

  it('splits keywords with commas, and puts those last', async () => {
    expect((await read('dcat:keyword "green, black", "tea"')).keywords).toEqual(['tea', 'green', 'black']);
  });

  it.each([
    ['by its address', 'dct:license <http://licences.test/open>', 'open'],
    ['by its title', 'dct:license [ dct:title "The open licence" ]', 'open'],
    ['by its address as a text', 'dct:license "http://licences.test/open"', 'open'],
    ['not by a mere text that is its title', 'dct:license "The open licence"', ''],
    ['not when the portal has none like it', 'dct:license <http://licences.test/closed>', ''],
  ])('takes the licence of a distribution %s', async (_how, license, id) => {
    const dataset = await read(`dcat:distribution [ dcat:accessURL <http://d.test> ; ${license} ]`);
    expect(dataset.license_id).toBe(id);
  });
});

describe('a dcat:Distribution', () => {
  const at = 'dcat:accessURL <http://a.test>';
  const always = { access_url: 'http://a.test', url: 'http://a.test', uri: '' };

  it.each<[what: string, statements: string, resource: Record<string, unknown>]>([
    [
      'the download before the access',
      `${at} ; dcat:downloadURL <http://d.test>`,
      { download_url: 'http://d.test', url: 'http://d.test' },
    ],
    [
      'the portal’s spelling of its media type',
      `${at} ; dcat:mediaType "text/csv" ; dct:format "Comma"`,
      { mimetype: 'text/csv', format: 'CSV' },
    ],
    [
      'else of its format',
      `${at} ; dcat:mediaType "x/y" ; dct:format "csv"`,
      { mimetype: 'x/y', format: 'CSV' },
    ],
    ['else its format as it is', `${at} ; dct:format "Tea leaves"`, { format: 'Tea leaves' }],
    [
      'a media type from an IMT',
      `${at} ; dct:format [ a dct:IMT ; rdf:value "application/zip" ; rdfs:label "packed" ]`,
      { mimetype: 'application/zip', format: 'ZIP' },
    ],
    ['the first of several formats', `${at} ; dct:format "Shape", "text/csv"`, { format: 'Shape' }],
    ['whole bytes', `${at} ; dcat:byteSize "12.7"^^xsd:decimal`, { size: 12 }],
    ['no size that is none', `${at} ; dcat:byteSize "much"`, {}],
    [
      'a checksum',
      `${at} ; spdx:checksum [ spdx:algorithm spdx:checksumAlgorithm_sha1 ; spdx:checksumValue "ab" ]`,
      { hash: 'ab', hash_algorithm: 'http://spdx.org/rdf/terms#checksumAlgorithm_sha1' },
    ],
    [
      'the services that give access',
      `${at} ; dcat:accessService <http://s.test> . <http://s.test> dct:title "S" ; dcat:endpointURL <http://e.test>`,
      { access_services: [{ title: 'S', endpoint_url: ['http://e.test'], uri: 'http://s.test' }] },
    ],
  ])('has %s', async (_what, statements, resource) => {
    const [body, ...rest] = statements.split(' . ');
    const dataset = await read(`dcat:distribution [ ${body} ]${rest.map((one) => ` . ${one}`).join('')}`);
    expect(dataset.resources).toEqual([{ ...always, ...resource }]);
  });

  it('is known by its IRI', async () => {
    const [resource] = (await read('dcat:distribution <http://d.test/1>')).resources;
    expect(resource).toMatchObject({ uri: 'http://d.test/1', distribution_ref: 'http://d.test/1', url: '' });
  });
});

describe('every syntax', () => {
  const title = 'http://purl.org/dc/terms/title';
  const dcat = 'http://www.w3.org/ns/dcat#';
  const type = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
  const statements = `<http://t.test/1> <${type}> <${dcat}Dataset> .\n<http://t.test/1> <${title}> "Té" .\n`;

  it.each([
    ['text/turtle; charset=utf-8', statements],
    ['nt', statements],
    ['application/n-quads', statements],
    ['trig', `<http://g.test> { ${statements} }`],
    ['n3', statements],
    [
      'pretty-xml',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:t="http://purl.org/dc/terms/" xmlns:d="${dcat}"><d:Dataset rdf:about="http://t.test/1"><t:title>Té</t:title></d:Dataset></rdf:RDF>`,
    ],
    [
      'application/ld+json',
      JSON.stringify({ '@id': 'http://t.test/1', '@type': `${dcat}Dataset`, [title]: 'Té' }),
    ],
  ])('says the same: %s', async (name, text) => {
    const [dataset] = readDatasets(await parseRdf(text, syntaxOf(name)!, { base: 'http://t.test/' }), portal);
    expect(dataset).toMatchObject({ uri: 'http://t.test/1', fields: { title: 'Té' } });
  });

  it.each([
    [
      'a context from elsewhere',
      'jsonld',
      '{"@context": "http://inside.test/c.jsonld", "@id": "http://t.test/1"}',
    ],
    [
      'half of a document',
      'rdfxml',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Desc',
    ],
    ['a page of HTML', 'turtle', '<!doctype html><html><body>Not found</body></html>'],
  ] as const)('refuses %s', async (_what, syntax, text) => {
    await expect(parseRdf(text, syntax, { base: 'http://t.test/' })).rejects.toThrow();
  });

  it('refuses entities that hold entities', async () => {
    const lol = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join(
      '',
    );
    const text = `<!DOCTYPE rdf:RDF [<!ENTITY l0 "ha">${lol}]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:t="http://purl.org/dc/terms/" xmlns:d="${dcat}"><d:Dataset rdf:about="http://t.test/1"><t:title>&l12;</t:title></d:Dataset></rdf:RDF>`;
    await expect(parseRdf(text, 'rdfxml', { base: 'http://t.test/' })).rejects.toThrow(
      'The entity l1 holds other entities, which is not allowed',
    );
  });

  it('makes a dataset of whatever stands there', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.constantFrom(
              'dct:title',
              'dcat:distribution',
              'dct:spatial',
              'dct:temporal',
              'dcat:keyword',
              'dct:publisher',
              'dct:issued',
              'adms:identifier',
              'dct:license',
              'dct:format',
              'dcat:byteSize',
            ),
            fc.oneof(
              fc.string().map((text) => JSON.stringify(text)),
              fc.constantFrom(
                '<http://x.test>',
                '[]',
                '[ a dct:Location ; locn:geometry "x"^^gsp:wktLiteral ]',
                '<http://tea.test/leaves>',
              ),
            ),
          ),
          { minLength: 1 },
        ),
        async (statements) => {
          const dataset = await read(
            statements.map(([property, value]) => `${property} ${value}`).join(' ; '),
          );
          expect(dataset.uri).toBe('http://tea.test/leaves');
        },
      ),
    ));
});
