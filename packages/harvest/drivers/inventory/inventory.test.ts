import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Db } from '@portolan/db';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import type { ObjectContext } from '../../driver.ts';
import { drivers } from '../../drivers.ts';
import { presentJob } from '../../job/job.presenter.ts';
import { findJob } from '../../job/job.repo.ts';
import { addSource, type Bench, harvestBench, startJob } from '../../testing/harvest_bench.ts';
import { elementsOf } from './document.ts';
import { datasetFromInventory } from './mapping.rules.ts';
import { structureCheck } from './structure.rules.ts';
import { inventory as shape } from './structure.table.ts';
import { inventoryToDataset } from './to_dataset.ts';
import { serialise } from './xml_element.ts';

const inventory = (datasets: string, modified = '2031-01-02') =>
  `<?xml version="1.0"?><i:Inventory xmlns:i="http://schemas.esd.org.uk/inventory" Modified="${modified}">
   <i:Identifier>http://council.test</i:Identifier><i:Datasets>${datasets}</i:Datasets></i:Inventory>`;
const dataset = (id: string, inside = '', attributes = 'Active="True"') =>
  `<i:Dataset ${attributes}><i:Identifier>${id}</i:Identifier><i:Title>Tea of ${id}</i:Title>${inside}</i:Dataset>`;

describe('a dataset of an inventory', () => {
  const map = (inside: string, attributes?: string) => {
    const [record] = elementsOf(inventory(dataset('x', inside, attributes)), 'Dataset');
    return datasetFromInventory(record!.element, 'g', (format) => ({ 'text/csv': 'CSV' })[format] ?? format);
  };
  const rendition = (inside: string, attributes = '', type = 'Data') =>
    `<i:Resources><i:Resource Type="${type}"><i:Renditions><i:Rendition ${attributes}>${inside}</i:Rendition></i:Renditions></i:Resource></i:Resources>`;
  const extra = (mapped: ReturnType<typeof map>, name: string) =>
    mapped.extras?.find(({ key }) => key === name)?.value;

  it.each([
    ['Active="True"', 'active'],
    ['Active="Yes"', 'active'],
    ['Active="False"', 'deleted'],
    ['', 'deleted'],
  ])('with %s is %s', (attributes, state) => expect(map('', attributes).state).toBe(state));

  it('has its description’s HTML entities decoded once', () =>
    expect(map('<i:Description>a&amp;nbsp;b &amp;amp;lt;</i:Description>')['notes']).toBe('a\u00a0b &lt;'));

  it('takes the licence’s address without a version for the second', () => {
    const mapped = map(
      '<i:Rights>http://www.nationalarchives.gov.uk/doc/open-government-licence/</i:Rights>',
    );
    expect(mapped['license_id']).toBe('uk-ogl');
    expect(extra(mapped, 'licence')).toBeUndefined();
  });

  it('keeps a licence that it does not know as a text', () => {
    const mapped = map('<i:Rights>Ask us</i:Rights>');
    expect([mapped['license_id'], extra(mapped, 'licence')]).toEqual(['', 'Ask us']);
  });

  it('joins services and functions', () => {
    const subject = (n: number) =>
      `<i:Subject><i:Service>s${n}</i:Service><i:Function>f${n}</i:Function></i:Subject>`;
    const mapped = map(`<i:Subjects>${subject(1)}${subject(2)}</i:Subjects>`);
    expect([extra(mapped, 'la_service'), extra(mapped, 'la_function')]).toEqual(['s1 s2', 'f1 f2']);
  });

  it('has a resource of each rendition', () => {
    const inside =
      '<i:Identifier>http://f.test/a.csv</i:Identifier><i:MimeType>text/csv</i:MimeType><i:Title>A</i:Title>' +
      '<i:Availability>Download</i:Availability><i:ConformsTo>http://s.test</i:ConformsTo>';
    expect(map(rendition(inside)).resources).toEqual([
      {
        url: 'http://f.test/a.csv',
        format: 'CSV',
        description: 'A - Download',
        resource_type: 'file',
        'schema-url': 'http://s.test',
        'schema-type': 'csvlint',
      },
    ]);
  });

  it.each([
    ['Active="Yes"', 1],
    ['Active=""', 1],
    ['', 1],
    ['Active="False"', 0],
    ['Active="No"', 0],
  ])('counts a rendition with %s %i times', (attributes, count) =>
    expect(map(rendition('', attributes)).resources).toHaveLength(count),
  );

  it('takes what is no data for documentation', () =>
    expect(map(rendition('', '', 'Document')).resources?.[0]?.['resource_type']).toBe('documentation'));

  it('survives being written and read again', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, attribute) => {
        const clean = (value: string) => value.replace(/[^\t\n\x20-\ud7ff]/g, '').trim();
        const element = {
          name: 'Dataset',
          attributes: { Active: clean(attribute).replace(/\s/g, ' ') },
          children: [],
          text: clean(text),
        };
        const [again] = elementsOf(serialise(element, 'http://schemas.esd.org.uk/inventory'), 'Dataset');
        expect(again?.element).toEqual(element);
      }),
    ));
});

describe('what a source adds to each record of its inventory', () => {
  const added = async (config: object) => {
    const { dataset: made } = await inventoryToDataset({
      object: {
        id: 'o',
        guid: 'g',
        content: dataset('x').replace(
          '<i:Dataset',
          '<i:Dataset xmlns:i="http://schemas.esd.org.uk/inventory"',
        ),
        extras: {},
        packageId: null,
      },
      source: { id: 's', url: 'http://s.test/', title: 'S', type: 'inventory' },
      runtime: { now: () => 0 },
      jobId: 'j',
      portal: { maxDocumentSeconds: 5 },
      config,
    } as unknown as ObjectContext);
    return made;
  };

  it('are its tags, made simple where it wants them so', async () => {
    const tags = async (config: object) => (await added(config)).tags?.map(({ name }) => name);
    expect(await tags({ default_tags: ['Green Tea', 'Green Tea'] })).toEqual(['Green Tea']);
    expect(await tags({ default_tags: ['Green Tea', 'green-tea', '?'], clean_tags: true })).toEqual([
      'green-tea',
    ]);
  });

  it('is where it comes from', async () => {
    const extras = new Map((await added({})).extras?.map(({ key, value }) => [key, value]));
    expect(Object.fromEntries(extras)).toMatchObject({
      guid: 'g',
      import_source: 'harvest',
      harvest_object_id: 'o',
      metadata_provenance:
        '[{"activity_occurred": "1970-01-01T00:00:00", "activity": "harvest", "harvest_source_url": "http://s.test/", "harvest_source_title": "S", "harvest_source_type": "inventory", "harvested_guid": "g", "harvested_metadata_modified": null}]',
    });
  });
});

describe('the structure of an inventory', () => {
  const verdict = (text: string) => {
    const check = structureCheck('Inventory', shape, 'http://schemas.esd.org.uk/inventory');
    for (const _ of elementsOf(text, 'Dataset', check));
    return check.verdict();
  };
  const inside = (text: string, attributes?: string) => verdict(inventory(dataset('a', text, attributes)));

  it.each([
    ['nothing but what has to be there', ''],
    ['everything', '<i:Rights>r</i:Rights><i:Protected/><i:Relations><i:Relation/></i:Relations>'],
    [
      'resources',
      '<i:Resources><i:Resource Type="Data" TemporalFrom="x"><i:Renditions><i:Rendition/><i:Rendition><i:ConformsTo/><i:ConformsTo/></i:Rendition></i:Renditions></i:Resource></i:Resources>',
    ],
  ])('is right with %s', (_what, text) => expect(inside(text)).toBeUndefined());

  it.each([
    ['<i:Colour>red</i:Colour>', "line 2: 'Colour' is not expected in 'Dataset'"],
    ['<Rights xmlns="">x</Rights>', "line 2: '{}Rights' is not expected in 'Dataset'"],
    ['<i:Rights/>\n<i:Rights/><i:Rights/>', "line 3: 'Dataset' has more than one 'Rights'"],
    ['\n\n<i:Resources><i:Resource/></i:Resources>', "line 4: 'Resource' has no attribute 'Type'"],
    ['<i:Colour><i:Shade/></i:Colour>', "line 2: 'Colour' is not expected in 'Dataset'"],
  ])('with %j is told to be wrong', (text, told) => expect(inside(text)).toBe(told));

  it.each([
    ['Active="True" Colour="red"', "line 2: 'Dataset' has an attribute 'Colour'"],
    ['Modified="yesterday"', "line 2: 'Modified' of 'Dataset' is no date"],
  ])('with the attributes %s is told to be wrong', (attributes, told) =>
    expect(inside('', attributes)).toBe(told),
  );

  it.each([
    ['<html><p>Sorry</p></html>', "line 1: the document is '{}html', not 'Inventory'"],
    [inventory(''), "line 2: 'Datasets' has no 'Dataset'"],
    [inventory('<i:Dataset/>'), "line 2: 'Dataset' has no 'Identifier'; line 2: 'Dataset' has no 'Title'"],
  ])('of %j is told to be wrong', (text, told) => expect(verdict(text)).toBe(told));

  it('has its first faults told, and how many more there are', () =>
    expect(inside('<i:Colour/>\n'.repeat(9))).toMatch(
      /^line 2: .*; line 3: .*; line 4: .*; line 5: .*; line 6: .*; and 4 more$/,
    ));
});

describe('an inventory source', () => {
  let db: Db;
  let bench: Bench;
  let server: Server;
  let document: string | Buffer = '';
  let address: string;

  beforeAll(async () => {
    ({ db } = await testDatabase());
    server = createServer((_request, response) => response.end(document)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    address = `http://${host}/inventory.xml`;
    bench = harvestBench(db, drivers, { fetcher: { allow: [host] } });
    await addSource(db, { id: 'council', type: 'inventory', url: address });
  });
  afterAll(async () => {
    await bench.site.fetcher.close();
    server.close();
  });

  async function harvest(text: string | Buffer) {
    document = text;
    const id = await startJob(bench.site, 'council');
    await bench.drain();
    const job = await presentJob(db, (await findJob(db, id))!, { summaries: true });
    const objects = await db.rows<{ guid: string }>(
      'SELECT guid FROM harvest_object WHERE harvest_job_id = $1 ORDER BY guid',
      [id],
    );
    return { job, guids: objects.map(({ guid }) => guid) };
  }

  it('is read record by record, doubles set aside', async () => {
    const { job, guids } = await harvest(inventory(dataset('a') + dataset('b') + dataset('a')));
    expect(guids).toEqual(['http://council.test/a', 'http://council.test/b']);
    expect(job.stats).toMatchObject({ added: 2 });
    expect(
      await db.rows(
        `SELECT DISTINCT metadata_modified_date::text AS date FROM harvest_object WHERE harvest_job_id = $1`,
        [job.id],
      ),
    ).toEqual([{ date: '2031-01-02 00:00:00' }]);
    expect(job.gather_error_summary?.[0]?.message).toBe('Dataset with duplicate identifier "a" - discarding');
  });

  it('brings nothing while its dates stay, and nothing goes that it no longer holds', async () => {
    const { job, guids } = await harvest(inventory(dataset('a')));
    expect(guids).toEqual([]);
    expect(job.stats).toMatchObject({ added: 0, updated: 0, deleted: 0 });
  });

  it('brings what has a later date', async () => {
    const { job } = await harvest(inventory(dataset('b', '', 'Active="True" Modified="2031-02-03"')));
    expect(job.stats).toMatchObject({ updated: 1 });
  });

  it.each<[string, BufferEncoding]>([
    ['ISO-8859-1', 'latin1'],
    ['UTF-16', 'utf16le'],
  ])('is read by the encoding that it declares: %s', async (name, encoding) => {
    const text = inventory(dataset(`thé-${encoding}`), '2031-03-03').replace(
      '<?xml version="1.0"?>',
      `${encoding === 'utf16le' ? '\ufeff' : ''}<?xml version="1.0" encoding="${name}"?>`,
    );
    const { job, guids } = await harvest(Buffer.from(text, encoding));
    expect([job.gather_error_summary, guids]).toEqual([[], [`http://council.test/thé-${encoding}`]]);
  });

  it('that is not as it should be is imported, with one warning', async () => {
    const { job, guids } = await harvest(inventory(dataset('odd', '<i:Colour/><i:Shade/>'), '2031-03-04'));
    expect(guids).toEqual(['http://council.test/odd']);
    expect(job.stats).toMatchObject({ added: 1 });
    expect(job.gather_error_summary?.map(({ message }) => message)).toEqual([
      "Warning: the document is not as inventories should be: line 2: 'Colour' is not expected in 'Dataset'; line 2: 'Shade' is not expected in 'Dataset'",
    ]);
  });

  it.each([
    ['is cut off', inventory(dataset('c')).slice(0, -40)],
    ['is a page of HTML', '<!doctype html><html><p>Sorry<br></html>'],
    ['nests without end', `<a>${'<b>'.repeat(100)}`],
  ])('that %s ends in a gather error', async (_what, text) => {
    const { job } = await harvest(text);
    expect(job.gather_error_summary?.[0]?.message).toMatch(/^Failed to parse or validate the XML document: /);
    expect(job.stats).toMatchObject({ deleted: 0 });
  });

  it('does not expand entities of its own', async () => {
    const { job } = await harvest(
      `<!DOCTYPE i [<!ENTITY a "tea">]>${inventory(dataset('d', '<i:Description>&a;</i:Description>')).slice(21)}`,
    );
    expect(job.gather_error_summary?.[0]?.message).toMatch(/entity/);
  });
});
