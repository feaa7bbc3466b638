import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { catalogueWriter } from '../catalogue_writer.ts';
import type { DatasetDict } from '../dataset_writer.ts';
import { drivers } from '../drivers.ts';
import { presentJob } from '../job/job.presenter.ts';
import { findJob } from '../job/job.repo.ts';
import { type DocumentServer, documentServer } from '../testing/document_server.ts';
import { addSource, type Bench, harvestBench, startJob } from '../testing/harvest_bench.ts';

let test: TestSite;
let bench: Bench;
let remote: DocumentServer;
let organization: string;
let made = 0;

beforeAll(async () => {
  test = await testSite();
  ({ id: organization } = (await test.must('organization_create', { name: 'rivers' })) as { id: string });
});
beforeEach(async () => {
  remote = await documentServer();
  bench = harvestBench(test.site.db, drivers, {
    writer: catalogueWriter(test.site),
    fetcher: { allow: [remote.host] },
  });
  return async () => {
    await bench.site.fetcher.close();
    remote.close();
  };
});

async function harvest(type: string, path: string, config: object = {}) {
  const id = `source-of-oddities-${made++}`;
  await addSource(test.site.db, { id, type, url: remote.url + path, config });
  await test.site.db.rows(`UPDATE package SET owner_org = $2 WHERE id = $1`, [id, organization]);
  const job = await startJob(bench.site, id);
  await bench.drain();
  const shown = await presentJob(test.site.db, (await findJob(test.site.db, job))!, { summaries: true });
  const errors = await test.site.db.rows<{ guid: string; message: string }>(
    `SELECT o.guid, e.message FROM harvest_object_error e JOIN harvest_object o ON o.id = e.harvest_object_id
     WHERE o.harvest_job_id = $1 ORDER BY 1, 2`,
    [job],
  );
  return { stats: shown.stats, gather: shown.gather_error_summary?.map(({ message }) => message), errors };
}

async function show(id: string): Promise<DatasetDict> {
  const answer = (await test.must('package_show', { id })) as { text?: string };
  return typeof answer.text === 'string' ? (JSON.parse(answer.text) as DatasetDict) : (answer as DatasetDict);
}

const uuid = (n: number) => `0dd00000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('another CKAN', () => {
  const serve = (...datasets: unknown[]) => {
    remote.pages = {
      '/api/3/action/package_search': JSON.stringify({
        success: true,
        result: { count: datasets.length, results: datasets },
      }),
    };
  };

  it.each<[what: string, fields: Record<string, unknown>]>([
    ['null in place of lists', { tags: null, extras: null, resources: null, groups: null }],
    ['the form of version 1', { tags: ['one', 'two'], extras: { a: 'b' }, groups: ['x'] }],
    ['a name that is none', { name: 'Not A Name!' }],
    ['no name', { name: null }],
    ['a state of its own', { state: 'draft' }],
    ['keys that nobody knows', { tracking_summary: { total: 1 }, isopen: 'maybe', odd: [{ a: 1 }] }],
    ['values that are no texts', { notes: 5, version: 2.1, url: '', author: '' }],
    [
      'extras with null and numbers',
      {
        extras: [
          { key: 'n', value: 5 },
          { key: 'gone', value: null },
        ],
      },
    ],
    [
      'uploads',
      { resources: [{ url: 'http://r.test/a.csv', url_type: 'upload', size: null, format: null }] },
    ],
    ['an owner that is not here', { owner_org: uuid(999), organization: { id: uuid(999), name: 'there' } }],
    [
      'relationships',
      {
        relationships_as_subject: [
          {
            id: uuid(7),
            type: 'depends_on',
            comment: '',
            subject_package_id: uuid(8),
            object_package_id: uuid(9),
          },
        ],
        relationships_as_object: [],
      },
    ],
    ['a licence that nobody knows', { license_id: 'of-tea', license_title: 'Tea' }],
    ['a time of change that is none', { metadata_modified: 'yesterday' }],
    [
      'tags of a vocabulary',
      { tags: [{ name: 'green', vocabulary_id: null, state: 'active', id: uuid(5) }] },
    ],
  ])('with %s is harvested', async (_what, fields) => {
    const n = made + 1;
    serve({ id: uuid(n), name: `odd-dataset-${n}`, title: `Odd ${n}`, ...fields });
    const { errors, stats } = await harvest('ckan', '');
    expect(errors).toEqual([]);
    expect(stats).toMatchObject({ added: 1, errored: 0 });
    expect(await show(uuid(n))).toMatchObject({ state: 'active', title: `Odd ${n}` });
  });

  it.each<[what: string, odd: Record<string, unknown>]>([
    ['a tag that is none', { tags: [{ name: 'a/b' }] }],
    [
      'two extras of one key',
      {
        extras: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
        ],
      },
    ],
    ['a resource that is a text', { resources: ['http://r.test/'] }],
    ['an extra that is a text', { extras: ['a'] }],
    ['an id that is no UUID', { id: 'a/b c' }],
  ])('with %s loses that record at most, and says which', async (_what, odd) => {
    const n = made + 1;
    const bad = { id: uuid(n), name: `odd-${n}`, title: `Odd ${n}`, ...odd };
    serve(bad, { id: uuid(n + 100), name: `fine-${n}`, title: `Fine ${n}` });
    const { errors, stats, gather } = await harvest('ckan', '');
    expect(gather).toEqual([]);
    expect(await show(uuid(n + 100))).toMatchObject({ title: `Fine ${n}` });
    expect(Number(stats['added']) + Number(stats['errored'])).toBe(2);
    expect(errors.every(({ guid, message }) => guid === bad.id && !message.startsWith('System error'))).toBe(
      true,
    );
  });

  it('that answers with records that are no datasets is harvested without them', async () => {
    const n = made + 1;
    serve(null, 5, 'x', [], { title: 'No id' }, { id: uuid(n), name: `fine-${n}`, title: 'Fine' });
    expect((await harvest('ckan', '')).stats).toMatchObject({ added: 1, errored: 0 });
  });
});

describe('a data.json', () => {
  const serve = (document: unknown) => {
    remote.pages = {
      '/data.json': ({ url }) => (url.search === '' ? JSON.stringify(document) : { status: 404, body: '' }),
    };
  };

  it.each<[what: string, fields: Record<string, unknown>]>([
    ['without a title', { title: null }],
    [
      'with words in all the wrong places',
      { keyword: 'a,b', distribution: 'x', language: 'en', publisher: [] },
    ],
    [
      'with addresses that are none',
      { landingPage: 'not an address', distribution: [{ downloadURL: 'x y' }] },
    ],
    ['with a licence that is known', { license: 'http://www.opendefinition.org/licenses/cc-by/' }],
    ['with a tag that is none', { keyword: ['a/b', '', 'x'.repeat(200), '   '] }],
    [
      'with sizes that are none',
      { distribution: [{ accessURL: 'http://r.test/', byteSize: -1 }, { byteSize: 1e30 }] },
    ],
    ['with a title that is longer than a name', { title: 'Tea '.repeat(100) }],
  ])('of a record %s is harvested', async (_what, fields) => {
    const identifier = `odd-record-${made}`;
    serve({ dataset: [{ identifier, title: `Record ${made}`, ...fields }] });
    const { errors, stats } = await harvest('dcat_json', '/data.json');
    expect(errors).toEqual([]);
    expect(stats).toMatchObject({ added: 1, errored: 0 });
  });

  it('with a tag that is none loses the record where its source wants to hear of it', async () => {
    serve({ dataset: [{ identifier: `odd-tag-${made}`, title: 'Tagged', keyword: ['a/b'] }] });
    const { errors } = await harvest('dcat_json', '/data.json', { clean_tags: false });
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Error importing dataset Tagged: \{'tags': .*a\/b/),
    ]);
  });
});
