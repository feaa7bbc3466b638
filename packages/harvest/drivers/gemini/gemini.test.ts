import type { Db } from '@portolan/db';
import { readIsoRecord, withXml } from '@portolan/metadata';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { isoRecord } from '../../../../test/harness/iso_record.ts';
import { type RemoteBench, remoteBench } from '../../testing/remote_bench.ts';
import { datasetFromGemini } from './dataset.rules.ts';
import { folderLinks } from './links.rules.ts';

let db: Db;
let at: RemoteBench;

beforeAll(async () => {
  ({ db } = await testDatabase());
});
beforeEach(async () => {
  at = await remoteBench(db);
});
afterEach(() => at.close());

const config = { validator_profiles: ['iso19139eden', 'constraints-1.4', 'gemini2-1.3'] };
const folder = (...names: string[]) => names.map((name) => `<a href="${name}">x</a>`).join(' ');
const state = async (guid: string) =>
  (
    await db.rows<{ title: string; state: string; source: string }>(
      `SELECT p.title, p.state, o.harvest_source_id AS source FROM harvest_object o JOIN package p ON p.id = o.package_id
       WHERE o.guid = $1 AND o.current`,
      [guid],
    )
  )[0];

describe('a folder of GEMINI records', () => {
  it('tells every link that is no record, and imports the rest', async () => {
    const guid = at.newGuid();
    at.remote.pages = {
      '/waf/index.html': folder(
        'good.xml',
        'gone.xml',
        'page.html',
        'other.xml',
        '/deep/x.xml',
        'nameless.xml',
      ),
      '/waf/good.xml': isoRecord({ guid }),
      '/waf/page.html': '<html>',
      '/waf/other.xml': '<a/>',
      '/waf/nameless.xml': isoRecord({ guid: '' }),
    };
    const { stats, gatherErrors } = await at.harvest(
      await at.newSource('gemini-waf', '/waf/index.html', config),
    );
    expect(stats).toMatchObject({ added: 1 });
    const waf = `${at.remote.url}/waf`;
    expect(gatherErrors?.sort()).toEqual([
      'Content is not a valid Gemini document without the gmd:MD_Metadata element',
      `Could not get GUID for source ${waf}/other.xml: Content is not a valid Gemini document without the gmd:MD_Metadata element`,
      expect.stringMatching(`^Could not get GUID for source ${waf}/page.html: Premature end`),
      `Could not get the GUID for ${waf}/nameless.xml`,
      `Couldn't harvest WAF link: ${waf}/gone.xml: Request to ${waf}/gone.xml failed with status code 404`,
      'Ignoring link in WAF because it has "/": /deep/x.xml',
    ]);
  });

  it('keeps what is gone from it, and names two links with one GUID', async () => {
    const guid = at.newGuid();
    at.remote.pages = {
      '/waf/': folder('a.xml', 'b.xml'),
      '/waf/a.xml': isoRecord({ guid }),
      '/waf/b.xml': isoRecord({ guid }),
    };
    const source = await at.newSource('gemini-waf', '/waf/', config);
    const first = await at.harvest(source);
    expect(first.stats).toMatchObject({ added: 1, errored: 1 });
    expect(first.errors[0]?.message).toMatch(
      new RegExp(
        `^Harvest object \\S+ \\(${at.remote.url}/waf/b.xml\\) has a GUID ${guid} already in use by \\S+ \\(${at.remote.url}/waf/a.xml\\)`,
      ),
    );
    at.remote.pages = { '/waf/': folder() };
    expect(await at.harvest(source)).toMatchObject({
      stats: { deleted: 0 },
      gatherErrors: ["Couldn't find any links to metadata files"],
    });
    expect(await state(guid)).toMatchObject({ state: 'active' });
  });
});

describe('a GEMINI record', () => {
  it('that does not validate has one error with all messages, and is imported', async () => {
    const guid = at.newGuid();
    at.remote.pages = {
      '/a.xml': isoRecord({ guid }).replace(
        /<gmd:descriptiveKeywords>[\s\S]*?<\/gmd:descriptiveKeywords>/,
        '',
      ),
    };
    const { stats, errors } = await at.harvest(await at.newSource('gemini-single', '/a.xml', config));
    expect(stats).toMatchObject({ added: 1, errored: 1 });
    expect(errors).toEqual([
      expect.objectContaining({
        stage: 'Import',
        message: expect.stringMatching(/^Error Message: "Descriptive keywords are mandatory\."[^\n]*:\n$/),
      }),
    ]);
  });

  it.each([
    ['later', '2026-01-03', 'New', 'updated', 'New'],
    ['the same, with other content', '2026-01-02', 'New', 'updated', 'New'],
    ['earlier', '2026-01-01', 'New', 'not modified', 'Old'],
    ['the same', '2026-01-02', 'Old', 'not modified', 'Old'],
  ])('whose date is %s is handled by it', async (_, date, title, report, kept) => {
    const guid = at.newGuid();
    at.remote.pages = { '/a.xml': isoRecord({ guid, title: 'Old' }) };
    const source = await at.newSource('gemini-single', '/a.xml', config);
    await at.harvest(source);
    at.remote.pages = { '/a.xml': isoRecord({ guid, title, date }) };
    expect((await at.harvest(source)).stats).toMatchObject({ [report]: 1, errored: 0 });
    expect(await state(guid)).toMatchObject({ title: kept });
  });

  it('that was withdrawn comes back only when it is newer', async () => {
    const guid = at.newGuid();
    at.remote.pages = { '/a.xml': isoRecord({ guid }) };
    const source = await at.newSource('gemini-single', '/a.xml', config);
    await at.harvest(source);
    await db.rows(
      `UPDATE package SET state = 'deleted' WHERE id = (SELECT package_id FROM harvest_object WHERE guid = $1)`,
      [guid],
    );
    at.remote.pages = { '/a.xml': isoRecord({ guid, title: 'Same date' }) };
    expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': 1 });
    at.remote.pages = { '/a.xml': isoRecord({ guid, date: '2026-02-01' }) };
    expect((await at.harvest(source)).stats).toMatchObject({ updated: 1 });
    expect(await state(guid)).toMatchObject({ state: 'active' });
  });

  it('moves between sources of one organisation, and of two only with leave', async () => {
    const guid = at.newGuid();
    at.remote.pages = { '/a.xml': isoRecord({ guid }), '/b.xml': isoRecord({ guid, date: '2026-02-01' }) };
    const [mine, ours, theirs] = [
      await at.newSource('gemini-single', '/a.xml', config),
      await at.newSource('gemini-single', '/b.xml', config),
      await at.newSource('gemini-single', '/b.xml', { ...config, take_over: true }),
    ];
    await at.harvest(mine);
    await db.rows(`UPDATE package SET owner_org = 'another' WHERE id = ANY ($1)`, [[ours, theirs]]);
    expect((await at.harvest(ours)).errors.map(({ message }) => message)).toEqual([
      `GUID ${guid} is already harvested from source ${mine}`,
    ]);
    expect((await at.harvest(theirs)).stats).toMatchObject({ updated: 1 });
    expect(await state(guid)).toMatchObject({ source: theirs });
  });

  it.each([
    [
      'dated before Christ',
      isoRecord({ guid: 'g', date: '-0044-03-15' }),
      'Could not extract reference date for GUID g (-0044-03-15)',
    ],
    [
      'of no type',
      isoRecord({ guid: 'g' }).replace(/<gmd:hierarchyLevel>.*?<\/gmd:hierarchyLevel>/, ''),
      'Missing resource type (hierarchyLevel)',
    ],
  ])('%s is an error', async (_, record, message) => {
    at.remote.pages = { '/a.xml': record };
    const { stats, errors } = await at.harvest(await at.newSource('gemini-single', '/a.xml', config));
    expect(stats).toMatchObject({ added: 0, errored: 1 });
    expect(errors.map((one) => one.message).join()).toContain(message);
  });

  it.each([
    ['<html><p>Sorry</html>', 'Error parsing the document. Is this a valid Gemini document?'],
    [isoRecord({ guid: '' }), 'Could not get the GUID for source'],
    ['<!DOCTYPE a [<!ENTITY l "ha">]><a>&l;</a>', 'DOCTYPE, which is not allowed'],
  ])('must be one: %.20s', async (page, message) => {
    at.remote.pages = { '/a.xml': page };
    const { gatherErrors } = await at.harvest(await at.newSource('gemini-single', '/a.xml', config));
    expect(gatherErrors).toEqual([expect.stringContaining(message)]);
  });

  it('becomes the dataset that data.gov.uk keeps', () => {
    const values = withXml(
      isoRecord({ keywords: ['x'.repeat(60)], limitation: 'Open Government Licence' }),
      (document) => readIsoRecord(document),
    );
    const dataset = datasetFromGemini(values, { guid: 'g', objectId: 'o', detectLicense: true }, {});
    expect(dataset).toMatchObject({
      title: 'Tea houses',
      license_id: 'uk-ogl',
      tags: [{ name: 'x'.repeat(50) }],
    });
    expect(Object.fromEntries(dataset.extras?.map(({ key, value }) => [key, value]) ?? [])).toMatchObject({
      UKLP: 'True',
      harvest_object_id: 'o',
      provider: 'Ministry of Tea',
      'responsible-party': 'Ministry of Tea (owner)',
      'temporal_coverage-from': '[]',
      spatial: '{"type": "Polygon", "coordinates": [[[1, 50], [-1, 50], [-1, 52], [1, 52], [1, 50]]]}',
    });
  });
});

it('links are told apart', () => {
  const page = folder(' a.xml ', 'b', '?x', '#y', 'mailto:a@b.test', 'tel:1.xml', '/c.xml', 'd/e.xml');
  const inFolder = ['http://h.test/waf/a.xml', 'http://h.test/waf/b'];
  expect(folderLinks(page, 'http://h.test/waf/')).toEqual({
    urls: inFolder,
    ignored: [
      { name: 'tel:1.xml', because: 'tel:' },
      { name: '/c.xml', because: '/' },
      { name: 'd/e.xml', because: '/' },
    ],
  });
  expect(folderLinks(page, 'http://h.test/waf/', () => true)).toEqual({
    urls: [...inFolder, 'http://h.test/c.xml', 'http://h.test/waf/d/e.xml'],
    ignored: [{ name: 'tel:1.xml', because: 'tel:' }],
  });
});

it('a link that is no address is none', () =>
  expect(folderLinks(folder('http:[', 'a.xml'), 'https://h.test/')).toEqual({
    urls: ['https://h.test/a.xml'],
    ignored: [],
  }));

it('links with a path are followed on the source’s own host, where it says so', async () => {
  const guids = [at.newGuid(), at.newGuid()];
  at.remote.pages = {
    '/waf/': folder('below/a.xml', '/b.xml', 'below/', '../', 'http://elsewhere.test/c.xml'),
    '/waf/below/a.xml': isoRecord({ guid: guids[0]! }),
    '/b.xml': isoRecord({ guid: guids[1]! }),
  };
  const job = await at.harvest(await at.newSource('gemini-waf', '/waf/', { ...config, follow_paths: true }));
  expect(job).toMatchObject({
    stats: { added: 2 },
    gatherErrors: ['Ignoring link in WAF because it has "/": http://elsewhere.test/c.xml'],
  });
});

it('tags are cut or made simple, and the source’s own added', () => {
  const values = withXml(isoRecord({ keywords: ['Soil?*['] }), (document) => readIsoRecord(document));
  const own = { guid: 'g', objectId: 'o', detectLicense: false };
  const tags = (more: object) => datasetFromGemini(values, own, { ...more }).tags?.map(({ name }) => name);
  expect(tags({ default_tags: ['ours', 'Soil?*['] })).toEqual(['Soil?*[', 'ours']);
  expect(tags({ clean_tags: true })).toEqual(['soil']);
});

it.each([
  ['the portal', true, {}, 1],
  ['the source', false, { use_default_tag_schema: true }, 1],
  ['neither', false, {}, 0],
  ['the source, against the portal', true, { use_default_tag_schema: false }, 0],
])('tags that CKAN refuses are errors where %s wants it so', async (_who, portal, own, errors) => {
  Object.assign(at.bench.site.config, { spatialTagSchema: portal });
  at.remote.pages = { '/a.xml': isoRecord({ guid: at.newGuid(), keywords: ['Soil?*['] }) };
  const job = await at.harvest(await at.newSource('gemini-single', '/a.xml', { ...config, ...own }));
  expect(job.stats).toMatchObject({ added: 1 });
  expect(job.errors.filter(({ stage }) => stage === 'Validation')).toHaveLength(errors);
});
