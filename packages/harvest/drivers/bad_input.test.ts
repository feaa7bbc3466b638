import type { Db } from '@portolan/db';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { isoRecord } from '../../../test/harness/iso_record.ts';
import type { DocumentServer } from '../testing/document_server.ts';
import { type RemoteBench, remoteBench } from '../testing/remote_bench.ts';

type Page = DocumentServer['pages'][string];

let db: Db;
let at: RemoteBench;

beforeAll(async () => {
  ({ db } = await testDatabase());
});
beforeEach(async () => {
  at = await remoteBench(db);
});
afterEach(() => at.close());

interface Kind {
  type: string;
  path: string;
  /** The listing of two good records, whose GUIDs begin with the prefix. */
  listing(prefix: string): string;
  /** Of a page of the listing, when it is not the source's own address. */
  page?: string;
  /** A folder: any page is a listing to it, and the records are documents of their own. */
  record?: { path: string; document(guid: string): string };
}

const rdfDataset = (id: string) =>
  `<dcat:Dataset rdf:about="http://feed.test/${id}"><dct:title>${id}</dct:title></dcat:Dataset>`;

const rdf = (datasets: string, head = '') =>
  `<?xml version="1.0"?>${head}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" ` +
  `xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">${datasets}</rdf:RDF>`;

const inventory = (datasets: string, head = '') =>
  `<?xml version="1.0"?>${head}<Inventory xmlns="http://schemas.esd.org.uk/inventory" Modified="2026-01-01">` +
  `<Identifier>http://feed.test/</Identifier><Datasets>${datasets}</Datasets></Inventory>`;

const inventoryDataset = (id: string) =>
  `<Dataset Modified="2026-01-01" Active="Yes"><Identifier>${id}</Identifier><Title>${id}</Title></Dataset>`;

const kinds: Kind[] = [
  {
    type: 'ckan',
    path: '',
    page: '/api/3/action/package_search',
    listing: (prefix) =>
      JSON.stringify({
        success: true,
        result: {
          count: 2,
          results: ['a', 'b'].map((one) => ({ id: `${prefix}-${one}`, title: `${prefix} ${one}` })),
        },
      }),
  },
  {
    type: 'dcat_json',
    path: '/data.json',
    listing: (prefix) =>
      JSON.stringify({
        dataset: ['a', 'b'].map((one) => ({ identifier: `${prefix}-${one}`, title: `${prefix} ${one}` })),
      }),
  },
  {
    type: 'dcat_rdf',
    path: '/catalog.rdf',
    listing: (prefix) => rdf(rdfDataset(`${prefix}-a`) + rdfDataset(`${prefix}-b`)),
  },
  {
    type: 'inventory',
    path: '/inventory.xml',
    listing: (prefix) => inventory(inventoryDataset(`${prefix}-a`) + inventoryDataset(`${prefix}-b`)),
  },
  { type: 'single-doc', path: '/one.xml', listing: (guid) => isoRecord({ guid }) },
  { type: 'gemini-single', path: '/one.xml', listing: (guid) => isoRecord({ guid }) },
  ...['waf', 'gemini-waf'].map((type) => ({
    type,
    path: '/waf/',
    listing: () => '<a href="a.xml">a.xml</a>',
    record: { path: '/waf/a.xml', document: (guid: string) => isoRecord({ guid }) },
  })),
];

const laughs =
  '<!DOCTYPE a [<!ENTITY a "ha">' +
  Array.from({ length: 12 }, (_, n) => {
    const [from, to] = [String.fromCharCode(97 + n), String.fromCharCode(98 + n)];
    return `<!ENTITY ${to} "${`&${from};`.repeat(10)}">`;
  }).join('') +
  ']>';
const outside = '<!DOCTYPE a [<!ENTITY s SYSTEM "file:///etc/passwd">]>';

/** What a server may answer instead of a feed. */
const contents: [what: string, answer: (good: string) => Page][] = [
  [
    'a page of HTML with status 200',
    () => ({ headers: { 'content-type': 'text/html' }, body: '<html><body><p>Sorry<br></body></html>' }),
  ],
  ['nothing', () => ''],
  ['an answer that breaks off', (good) => good.slice(0, good.length - 20)],
  ['random bytes', () => Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00, 0xff])],
];

/** What goes wrong on the way, whatever the feed is. */
const ways: typeof contents = [
  [
    'an answer whose connection breaks off',
    (good) => (_request, response) => {
      response.writeHead(200, { 'content-length': String(good.length) });
      response.write(good.slice(0, 20), () => response.destroy());
      return undefined;
    },
  ],
  [
    'an answer that drips',
    (good) => (_request, response) => {
      response.writeHead(200);
      response.write(good.slice(0, 10));
      return undefined;
    },
  ],
  [
    'more bytes than a file may have',
    () => (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(2 ** 20, 0x20)));
      };
      response.on('drain', more);
      more();
      return undefined;
    },
  ],
  [
    'a redirect to an address inside',
    () => ({ status: 302, headers: { location: 'http://169.254.169.254/' }, body: '' }),
  ],
  ['a redirect to a file', () => ({ status: 302, headers: { location: 'file:///etc/passwd' }, body: '' })],
  ['a redirect to itself', () => ({ status: 302, headers: { location: '?again' }, body: '' })],
  ['a compressed answer that is none', (good) => ({ headers: { 'content-encoding': 'gzip' }, body: good })],
  ['an error', () => ({ status: 500, body: 'No' })],
];

const cases = kinds.flatMap((kind) =>
  [...(kind.record ? [] : contents), ...ways].map(([what, answer]) => ({
    type: kind.type,
    what,
    kind,
    answer,
  })),
);

describe.each(cases)('a source of type $type that answers with $what', ({ kind, answer }) => {
  it('tells of an error, and loses nothing of what it had', async () => {
    const prefix = at.newGuid();
    const path = kind.page ?? kind.path;
    const good = kind.listing(prefix);
    const onlyFirst = (page: Page): Page =>
      kind.type === 'dcat_json'
        ? (request, response) =>
            request.url.searchParams.has('page')
              ? { status: 404, body: '' }
              : typeof page === 'function'
                ? page(request, response)
                : page
        : page;
    at.remote.pages[path] = onlyFirst(good);
    if (kind.record) at.remote.pages[kind.record.path] = kind.record.document(prefix);
    const config = { deletion_guard: false, delete_missing: true, force_all: true };
    const source = await at.newSource(kind.type, kind.path, config);
    const before = await at.harvest(source);
    const had = before.stats['added'] ?? 0;
    expect(had).toBeGreaterThan(0);
    at.remote.pages[path] = onlyFirst(answer(good));
    const job = await at.harvest(source);
    expect(job).toMatchObject({ status: 'Finished', stats: { deleted: 0, added: 0 } });
    expect([...(job.gatherErrors ?? []), ...job.errors]).not.toEqual([]);
    const active = await db.rows(
      `SELECT FROM harvest_object o JOIN package p ON p.id = o.package_id AND p.state = 'active'
       WHERE o.harvest_source_id = $1 AND o.current`,
      [source],
    );
    expect(active).toHaveLength(had);
  });
});

describe.each([
  [
    'dcat_rdf',
    '/catalog.rdf',
    (head: string, text: string) => rdf(rdfDataset('x').replace('>x<', `>${text}<`), head),
  ],
  [
    'inventory',
    '/inventory.xml',
    (head: string, text: string) =>
      inventory(inventoryDataset('x').replace('<Title>x', `<Title>${text}`), head),
  ],
  [
    'single-doc',
    '/one.xml',
    (head: string, text: string) =>
      isoRecord({ guid: 'x' })
        .replace(/^(<\?xml[^>]*>)?/, `$1${head}`)
        .replace('>x<', `>${text}<`),
  ],
  [
    'gemini-single',
    '/one.xml',
    (head: string, text: string) =>
      isoRecord({ guid: 'x' })
        .replace(/^(<\?xml[^>]*>)?/, `$1${head}`)
        .replace('>x<', `>${text}<`),
  ],
] as const)('a document of type %s', (type, path, document) => {
  it.each([
    ['a billion laughs', laughs, '&m;'],
    ['a file of the server', outside, '&s;'],
  ])('that wants %s gets nothing', async (_, head, text) => {
    at.remote.pages[path] = document(head, text);
    const source = await at.newSource(type, path);
    const before = process.memoryUsage.rss();
    const job = await at.harvest(source);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 2 ** 20);
    expect(job.status).toBe('Finished');
    // RDF's parser takes an entity's text as it is written, whatever entities it names: that is bounded, and imported.
    if (type !== 'dcat_rdf' || head !== laughs) {
      expect(job.stats).toMatchObject({ added: 0 });
      expect([...(job.gatherErrors ?? []), ...job.errors]).not.toEqual([]);
    }
    const stored = await db.rows<{ text: string }>(
      `SELECT concat(o.content, p.title, p.notes) AS text FROM harvest_object o LEFT JOIN package p ON p.id = o.package_id
       WHERE o.harvest_source_id = $1`,
      [source],
    );
    for (const row of stored) expect(row.text).not.toMatch(/root:|hahaha/);
  });
});
