import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ending, mediaTypes } from '../rdf/endings.table.ts';
import { syntaxOf } from '../rdf/formats.table.ts';
import { nextPage } from '../rdf/hydra.ts';
import { parseRdf } from '../rdf/parse.ts';
import { serialise } from '../rdf/serialise.ts';
import { Statements } from '../rdf/statements.ts';
import { type DcatDataset, readDatasets } from './read_dataset.ts';
import { writeCatalogue } from './write_catalogue.ts';
import { type CkanDataset, writeDataset } from './write_dataset.ts';

const portal = {
  url: 'http://portal.test',
  language: 'en',
  format: (text: string) => text,
  license: () => undefined,
};
const endings = Object.keys(mediaTypes) as Ending[];

async function again(dataset: CkanDataset, ending: Ending): Promise<DcatDataset> {
  const statements = new Statements();
  writeDataset(statements, dataset, portal.url);
  const text = await serialise(statements.quads, ending);
  const graph = await parseRdf(text, syntaxOf(mediaTypes[ending])!, { base: portal.url });
  const [read] = readDatasets(graph, portal);
  return read!;
}

const asExtras = (extras: Record<string, unknown>) =>
  Object.entries(extras).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));

const leaves = {
  id: 'l-1',
  title: 'Leaves & <stems>',
  notes: 'All of "them"\nline by line',
  url: 'http://leaves.test/',
  version: '7',
  metadata_created: '2031-01-02T03:04:05.678901',
  metadata_modified: '2031-02-03T04:05:06',
  tags: [{ name: 'tea' }, { name: 'leaf' }],
  organization: { id: 'o-1', name: 'tea', title: 'Ministry of Tea' },
};

describe.each(endings)('a dataset written as %s', (ending) => {
  it('is read back as it was', async () => {
    const extras = {
      identifier: 'L1',
      issued: '2031-01-02',
      modified: '2031-02',
      frequency: 'http://f.test/daily',
      provenance: 'picked by hand',
      access_rights: 'http://rights.test/open',
      language: ['en', 'http://l.test/fr'],
      alternate_identifier: ['alt'],
      conforms_to: ['A standard', 'http://standard.test'],
      contact_name: 'Ann',
      contact_email: 'ann@tea.test',
      publisher_uri: 'http://pub.test',
      publisher_name: 'Pub',
      temporal_start: '2001',
      temporal_end: '2002-03-04',
      spatial_text: 'The hills',
      spatial: '{"type": "Point", "coordinates": [1.5, 2.0]}',
    };
    const read = await again({ ...leaves, extras: asExtras(extras) }, ending);
    expect(read.fields).toEqual({ title: leaves.title, notes: leaves.notes, url: leaves.url, version: '7' });
    expect(read.keywords.sort()).toEqual(['leaf', 'tea']);
    expect(read.extras).toEqual({
      ...extras,
      uri: 'http://portal.test/dataset/l-1',
      homepage: 'http://portal.test',
    });
  });

  it('keeps what a resource says', async () => {
    const resource = {
      name: 'All leaves',
      access_url: 'http://a.test',
      download_url: 'http://d.test/f.csv',
      url: 'http://d.test/f.csv',
      mimetype: 'text/csv',
      format: 'CSV',
      size: 12,
      hash: 'abcd',
      rights: 'ask first',
      language: ['en'],
    };
    const of = {
      ...resource,
      id: 'r-1',
      package_id: 'l-1',
      created: '2031-01-02',
      metadata_modified: '2031-01-03',
    };
    const read = await again({ ...leaves, resources: [of] }, ending);
    const uri = 'http://portal.test/dataset/l-1/resource/r-1';
    expect(read.resources).toEqual([
      { ...resource, issued: '2031-01-02', modified: '2031-01-03', uri, distribution_ref: uri },
    ]);
  });

  it('stands for its publisher by its organisation, and for its dates by its own', async () => {
    const { extras } = await again(leaves, ending);
    expect(extras).toMatchObject({
      publisher_uri: 'http://portal.test/organization/o-1',
      publisher_name: 'Ministry of Tea',
      identifier: 'l-1',
      issued: leaves.metadata_created,
      modified: leaves.metadata_modified,
    });
  });

  it('holds any text', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (title) => {
        // What XML cannot hold at all is left out there, and its ends of lines are one kind.
        const plain = title.replace(/[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').trim();
        fc.pre(plain !== '' && plain === title);
        expect((await again({ ...leaves, title }, ending)).fields['title']).toBe(title);
      }),
      { numRuns: 50 },
    ));
});

describe('a catalogue', () => {
  const page = (number: number) => {
    const statements = new Statements();
    const about = { url: portal.url, title: 'Portal', description: '', language: 'en' };
    const address = (to: number) => `http://portal.test/catalog.ttl?page=${to}`;
    writeCatalogue(statements, about, [leaves], { page: number, size: 100, total: 250, address });
    return serialise(statements.quads, 'ttl').then((text) => parseRdf(text, 'turtle', { base: portal.url }));
  };

  it('links its next page, and the last page none', async () => {
    expect(nextPage(await page(1))).toBe('http://portal.test/catalog.ttl?page=2');
    expect(nextPage(await page(3))).toBeUndefined();
  });
});
