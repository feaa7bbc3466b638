import type { Db } from '@portolan/db';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { isoRecord } from '../../../test/harness/iso_record.ts';
import { type RemoteBench, remoteBench } from '../testing/remote_bench.ts';

let db: Db;
let at: RemoteBench;

beforeAll(async () => {
  ({ db } = await testDatabase());
});
beforeEach(async () => {
  at = await remoteBench(db);
  Object.assign(at.bench.site.config, { harvestMaxDocumentSeconds: 1 });
});
afterEach(() => at.close());

const tooMuch = 'takes more than 1 s of a processor to read (portolan.harvest.max_document_s)';

/** GEMINI has two rules about languages: where one fails, all that the other is about are gone through. */
const babel = (guid: string) =>
  isoRecord({ guid }).replace(
    '<gmd:topicCategory>',
    `${'<gmd:language><gmd:LanguageCode codeList="-" codeListValue=""/></gmd:language>'.repeat(20_000)}<gmd:topicCategory>`,
  );

it('a record that would be validated for minutes is an error of its own; the others are imported', async () => {
  const [hostile, good] = [at.newGuid(), at.newGuid()];
  at.remote.pages = {
    '/waf/': '<a href="a.xml">a</a> <a href="b.xml">b</a>',
    '/waf/a.xml': babel(hostile),
    '/waf/b.xml': isoRecord({ guid: good }),
  };
  const source = await at.newSource('gemini-waf', '/waf/', { validator_profiles: ['gemini2-1.3'] });
  const { stats, errors } = await at.harvest(source);
  expect(stats).toMatchObject({ added: 1, errored: 1 });
  expect(errors).toMatchObject([
    { guid: hostile, message: `Error importing Gemini document: Record ${hostile} ${tooMuch}` },
  ]);
});

it('a catalogue that would be read for a minute ends its job with the reason, and the next goes on', async () => {
  const terms = Object.fromEntries(
    Array.from({ length: 4000 }, (_, n) => [`t${n}`, `http://terms.test/${n}`]),
  );
  const nodes = Array.from({ length: 8000 }, (_, n) => ({
    '@context': { [`u${n}`]: `http://terms.test/u${n}` },
    '@id': `http://nodes.test/${n}`,
    [`u${n}`]: n,
  }));
  at.remote.pages = {
    '/catalogue': {
      headers: { 'content-type': 'application/ld+json' },
      body: JSON.stringify({ '@context': terms, '@graph': nodes }),
    },
  };
  const source = await at.newSource('dcat_rdf', '/catalogue');
  const { stats, gatherErrors } = await at.harvest(source);
  expect(stats).toMatchObject({ added: 0, errored: 1 });
  expect(gatherErrors?.[0]).toMatch(/^Error parsing the RDF file: Catalogue http:\S+ takes more than 1 s/);
  at.remote.pages = {
    '/catalogue': {
      headers: { 'content-type': 'text/turtle' },
      body: '<http://tea.test/1> a <http://www.w3.org/ns/dcat#Dataset>; <http://purl.org/dc/terms/title> "Tea" .',
    },
  };
  expect((await at.harvest(source)).stats).toMatchObject({ added: 1, errored: 0 });
});

it('a record that would be compared with the current one for a minute is an error, and its dataset stays', async () => {
  const guid = at.newGuid();
  const attributes = Array.from({ length: 60_000 }, (_, n) => `a${n}=""`).join(' ');
  const many = (more: string) =>
    isoRecord({ guid }).replace('<gmd:language>', `<!--${more}--><gmd:language ${attributes}>`);
  at.remote.pages = { '/waf/': '<a href="a.xml">a</a>', '/waf/a.xml': many('one') };
  // Profiles that have nothing against it, so that it is imported.
  const source = await at.newSource('gemini-waf', '/waf/', { validator_profiles: ['constraints'] });
  expect((await at.harvest(source)).stats).toMatchObject({ added: 1, errored: 0 });
  at.remote.pages = { '/waf/': '<a href="a.xml">a</a>', '/waf/a.xml': many('two') };
  const { stats, errors } = await at.harvest(source);
  expect(stats).toMatchObject({ updated: 0, errored: 1 });
  expect(errors).toMatchObject([{ guid, message: `Record ${guid} ${tooMuch}` }]);
  expect(
    await db.rows(
      `SELECT state FROM package WHERE id = (SELECT package_id FROM harvest_object WHERE guid = $1 AND current)`,
      [guid],
    ),
  ).toEqual([{ state: 'active' }]);
});

/** One document, whatever page of it is asked for first; there are no more pages. */
const single =
  (body: string) =>
  ({ url }: { url: URL }) =>
    url.searchParams.has('page') ? { status: 404, body: '' } : { body };

it('a data.json of more objects than memory has room for is refused before it is read', async () => {
  at.remote.pages = { '/data.json': single(`[${'{},'.repeat(2_000_000)}{}]`) };
  const { stats, gatherErrors } = await at.harvest(await at.newSource('dcat_json', '/data.json'));
  expect(stats).toMatchObject({ added: 0, errored: 1 });
  expect(gatherErrors).toEqual([
    'Error parsing file: The document would take more than 400 MB of memory to read',
  ]);
});

it('a record of a data.json that is too deep to be walked through is left out by name; the others are imported', async () => {
  const [hostile, good] = [at.newGuid(), at.newGuid()];
  const deep = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
  at.remote.pages = {
    '/data.json': single(
      `[{"identifier":"${hostile}","x":${deep}},{"identifier":"${good}","title":"Tea","description":"Leaves"}]`,
    ),
  };
  const { stats, gatherErrors } = await at.harvest(await at.newSource('dcat_json', '/data.json'));
  expect(stats).toMatchObject({ added: 1, errored: 1 });
  expect(gatherErrors).toEqual([
    `Record ${hostile} has objects or lists more than 256 deep inside each other and is left out`,
  ]);
});

it.each([
  [
    'an inventory',
    'inventory',
    `<Inventory xmlns="http://schemas.esd.org.uk/inventory">${'<a/>'.repeat(2_500_000)}</Inventory>`,
  ],
  ['a folder', 'waf', '<a href=a.xml>'.repeat(700_000)],
  ['a folder of GEMINI records', 'gemini-waf', '<a href=?.xml>'.repeat(700_000)],
])('%s that would be read for longer than it may ends its job with the reason', async (_, type, body) => {
  Object.assign(at.bench.site.config, { harvestMaxDocumentSeconds: 0.05 });
  at.remote.pages = { '/listing/': { body } };
  const { stats, gatherErrors } = await at.harvest(await at.newSource(type, '/listing/'));
  expect(stats).toMatchObject({ added: 0, errored: 1 });
  expect(gatherErrors?.[0]).toMatch(/takes more than 0\.05 s of a processor to read/);
});
