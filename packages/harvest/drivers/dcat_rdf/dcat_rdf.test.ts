import type { Db } from '@portolan/db';
import type { DcatDataset } from '@portolan/metadata';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { type RemoteBench, remoteBench } from '../../testing/remote_bench.ts';
import { datasetFromDcat, guidTeller } from './mapping.rules.ts';

const dataset = (more: Partial<DcatDataset>): DcatDataset => ({
  uri: '',
  fields: {},
  keywords: [],
  license_id: '',
  extras: {},
  resources: [],
  ...more,
});

describe('the GUID of a dataset', () => {
  const told = (...datasets: Partial<DcatDataset>[]) => {
    const guidOf = guidTeller('http://h.test/catalog.ttl/');
    return datasets.map((one) => guidOf(dataset(one)));
  };

  it('is its IRI, else its identifier, else made of its title', () =>
    expect(
      told(
        { uri: 'http://d.test/1', extras: { identifier: 'i' } },
        { extras: { identifier: 'i' }, fields: { title: 'T' } },
        { fields: { title: 'Tea & cake' } },
        {},
      ),
    ).toEqual(['http://d.test/1', 'i', 'http://h.test/catalog.ttl/tea-cake', undefined]));

  it('is another for each that has the same title', () =>
    expect(
      told({ fields: { title: 'Tea' } }, { fields: { title: 'tea' } }, { fields: { title: 'TEA' } }),
    ).toEqual(['tea', 'tea-1', 'tea-2'].map((name) => `http://h.test/catalog.ttl/${name}`)));
});

it('makes every keyword simple where the portal wants them so, else those alone that are no tags', () => {
  const tags = (cleanTags: boolean) =>
    datasetFromDcat(dataset({ keywords: ['Green Tea', 'tea/leaf', 'x'] }), 'g', { cleanTags }).tags;
  expect(tags(true)).toEqual([{ name: 'green-tea' }, { name: 'tealeaf' }, { name: 'x_' }]);
  expect(tags(false)).toEqual([{ name: 'Green Tea' }, { name: 'tealeaf' }, { name: 'x_' }]);
});

describe('a catalogue in RDF', () => {
  let db: Db;
  let at: RemoteBench;

  beforeAll(async () => {
    ({ db } = await testDatabase());
  });
  beforeEach(async () => {
    at = await remoteBench(db);
  });
  afterEach(() => at.close());

  const prefixes = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .`;
  const turtle = (guid: string) =>
    `${prefixes} <http://feed.test/${guid}> a dcat:Dataset ; dct:title "${guid}" ;
       dcat:distribution [ dct:format "csv" ; dcat:accessURL <http://feed.test/${guid}.csv> ] .`;
  const serve = (type: string, body: string) => {
    at.remote.pages = { '/catalog': { headers: { 'content-type': type }, body } };
  };
  const formatOf = async (guid: string) => {
    const [row] = await db.rows<{ content: string }>(`SELECT content FROM harvest_object WHERE guid = $1`, [
      `http://feed.test/${guid}`,
    ]);
    return JSON.parse(row?.content ?? '{}').resources[0].format;
  };

  it('has formats as the portal spells them, unless it is not to', async () => {
    for (const [normalize, format] of [
      [true, 'CSV'],
      [false, 'csv'],
    ] as const) {
      const guid = at.newGuid();
      serve('text/turtle', turtle(guid));
      Object.assign(at.bench.site.config, { rdfNormalizeFormats: normalize });
      expect((await at.harvest(await at.newSource('dcat_rdf', '/catalog'))).stats).toMatchObject({
        added: 1,
      });
      expect(await formatOf(guid)).toBe(format);
    }
  });

  it.each([
    ['text/turtle; charset=utf-8', (guid: string) => turtle(guid)],
    ['text/plain', (guid: string) => turtle(guid)],
    ['text/n3', (guid: string) => turtle(guid)],
    [
      'application/trig',
      (guid: string) => `${turtle(guid).replace(' . <http', ' . <http://feed.test/g> { <http')} }`,
    ],
    [
      'application/n-triples',
      (guid: string) =>
        `<http://feed.test/${guid}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .\n` +
        `<http://feed.test/${guid}> <http://purl.org/dc/terms/title> "${guid}" .\n`,
    ],
    [
      'application/ld+json',
      (guid: string) =>
        JSON.stringify({
          '@context': { dcat: 'http://www.w3.org/ns/dcat#', dct: 'http://purl.org/dc/terms/' },
          '@graph': [{ '@id': `http://feed.test/${guid}`, '@type': 'dcat:Dataset', 'dct:title': guid }],
        }),
    ],
    [
      'application/json',
      (guid: string) =>
        JSON.stringify([
          {
            '@id': `http://feed.test/${guid}`,
            '@type': ['http://www.w3.org/ns/dcat#Dataset'],
            'http://purl.org/dc/terms/title': [{ '@value': guid }],
          },
        ]),
    ],
  ])('of type %s is read', async (type, document) => {
    const guid = at.newGuid();
    serve(type, document(guid));
    const source = await at.newSource('dcat_rdf', '/catalog');
    expect(await at.harvest(source)).toMatchObject({ stats: { added: 1, errored: 0 }, gatherErrors: [] });
  });

  it.each([
    ['ISO-8859-1', (text: string) => Buffer.from(text, 'latin1')],
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-8', (text: string) => Buffer.from(`\ufeff${text}`)],
  ])('in XML is read by the encoding that it declares: %s', async (encoding, encoded) => {
    const guid = at.newGuid();
    const text = `<?xml version="1.0" encoding="${encoding}"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">
      <dcat:Dataset rdf:about="http://feed.test/${guid}"><dct:title>Thé ${guid}</dct:title></dcat:Dataset></rdf:RDF>`;
    at.remote.pages = {
      '/catalog': { headers: { 'content-type': 'application/rdf+xml' }, body: encoded(text) },
    };
    expect(await at.harvest(await at.newSource('dcat_rdf', '/catalog'))).toMatchObject({
      stats: { added: 1 },
      gatherErrors: [],
    });
    expect(await db.rows(`SELECT FROM package WHERE title = $1`, [`Thé ${guid}`])).toHaveLength(1);
  });

  describe('whose datasets were here before', () => {
    const rowsOf = (guid: string) =>
      db.rows<{ id: string; state: string; source: string }>(
        `SELECT DISTINCT p.id, p.state, o.harvest_source_id AS source FROM harvest_object o JOIN package p ON p.id = o.package_id
         WHERE o.guid = $1 AND o.current`,
        [`http://feed.test/${guid}`],
      );

    it('keeps its name when its title changes', async () => {
      const guid = at.newGuid();
      serve('text/turtle', turtle(guid));
      await at.harvest(await at.newSource('dcat_rdf', '/catalog'));
      const named = () =>
        db.rows(
          `SELECT p.name, p.title FROM package p JOIN harvest_object o ON o.package_id = p.id WHERE o.guid = $1 AND o.current`,
          [`http://feed.test/${guid}`],
        );
      const [before] = await named();
      const [source] = await rowsOf(guid);
      serve('text/turtle', turtle(guid).replace(/(dct:title )"[^"]*"/, '$1"Another title"'));
      await at.harvest(String(source?.['source']));
      expect(await named()).toEqual([{ ...before, title: 'Another title' }]);
    });

    it('revives the one that it had lost, whatever its id', async () => {
      const guids = [at.newGuid(), at.newGuid()];
      const both = turtle(guids[0]!) + turtle(guids[1]!).replace(prefixes, '');
      serve('text/turtle', both);
      const source = await at.newSource('dcat_rdf', '/catalog');
      await at.harvest(source);
      // As one that was taken over from CKAN: its id follows from nothing.
      const [made] = await rowsOf(guids[0]!);
      await db.rows(
        `INSERT INTO package (id, name, title, type, state) VALUES ('taken over', 'taken-over', $1, 'dataset', 'active')`,
        [guids[0]],
      );
      await db.rows(`UPDATE harvest_object SET package_id = 'taken over' WHERE package_id = $1`, [made?.id]);
      serve('text/turtle', turtle(guids[1]!));
      expect((await at.harvest(source)).stats).toMatchObject({ deleted: 1 });
      serve('text/turtle', both);
      expect((await at.harvest(source)).stats).toMatchObject({ updated: 2, added: 0, errored: 0 });
      expect(await rowsOf(guids[0]!)).toEqual([{ id: 'taken over', state: 'active', source }]);
    });

    it.each([
      ['takes over those of a source that is harvested no more', false, { updated: 1, added: 0 }],
      ['leaves those of another source alone', true, { updated: 0, added: 1 }],
    ])('%s', async (_what, active, stats) => {
      const guid = at.newGuid();
      serve('text/turtle', turtle(guid));
      const old = await at.newSource('dcat_rdf', '/catalog');
      await at.harvest(old);
      const [before] = await rowsOf(guid);
      await db.rows(`UPDATE harvest_source SET active = $2 WHERE id = $1`, [old, active]);
      const next = await at.newSource('dcat_rdf', '/catalog');
      expect((await at.harvest(next)).stats).toMatchObject(stats);
      if (!active) expect(await rowsOf(guid)).toEqual([{ ...before, source: next }]);
    });
  });

  it('is read in the syntax that its source says, whatever its server says', async () => {
    serve('application/rdf+xml', turtle(at.newGuid()));
    const source = await at.newSource('dcat_rdf', '/catalog', { rdf_format: 'text/turtle' });
    expect((await at.harvest(source)).stats).toMatchObject({ added: 1, errored: 0 });
  });

  it('is not guessed at when its source says a syntax that nobody here reads', async () => {
    serve('text/turtle', turtle(at.newGuid()));
    const source = await at.newSource('dcat_rdf', '/catalog', { rdf_format: 'trix' });
    expect((await at.harvest(source)).gatherErrors).toEqual([
      'Error parsing the RDF file: There is no parser for trix',
    ]);
  });
});
