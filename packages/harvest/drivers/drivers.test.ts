// One file on purpose: what the drivers of CKAN and DCAT sources make of the answers of one remote.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Db } from '@portolan/db';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { drivers } from '../drivers.ts';
import { feedHealth } from '../health/feed_health.ts';
import { presentJob } from '../job/job.presenter.ts';
import { findJob } from '../job/job.repo.ts';
import { findSource } from '../source/source.repo.ts';
import { addSource, type Bench, harvestBench, startJob } from '../testing/harvest_bench.ts';
import { validateCkanConfig } from './ckan/config.ts';
import { filterTerms, searchUrl, sinceTerm } from './ckan/search.rules.ts';
import { pageUrl } from './dcat_json/gather.ts';

let db: Db;
let bench: Bench;
let remote: {
  url: string;
  answer: (url: URL) => { status?: number; body: unknown };
  asked: URL[];
  close(): void;
};
let sources = 0;

beforeAll(async () => {
  ({ db } = await testDatabase());
});

beforeEach(async () => {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://remote.test');
    remote.asked.push(url);
    const { status = 200, body } = remote.answer(url);
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  remote = {
    url: `http://${host}`,
    answer: () => ({ status: 404, body: '' }),
    asked: [],
    close: () => server.close(),
  };
  bench = harvestBench(db, drivers, { fetcher: { allow: [host] } });
});

afterEach(async () => {
  await bench.site.fetcher.close();
  remote.close();
});

it('tells of the health of feeds: what has no identifier, what comes twice, how the remote answers', async () => {
  const source = `feed-${sources++}`;
  const record = (identifier?: string) => ({
    ...(identifier ? { identifier } : {}),
    title: `Title ${identifier}`,
  });
  remote.answer = ({ searchParams }) =>
    searchParams.has('page')
      ? { status: 404, body: '' }
      : {
          body: { dataset: [record(`${source}-a`), record(), record(`${source}-b`), record(`${source}-a`)] },
        };
  await addSource(db, { id: source, type: 'dcat_json', url: `${remote.url}/data.json` });
  await harvest(source);
  const health = await feedHealth(db, (await findSource(db, source))!);
  expect(health).toMatchObject({
    duplicates: [{ guid: `${source}-a`, position: 4 }],
    missing_identifiers: [{ record: 'Title undefined', position: 2 }],
    runs: [{ remote: { requests: 2, failed: 0, mean_ms: expect.any(Number) } }],
  });
});

async function harvest(source: string) {
  const id = await startJob(bench.site, source);
  await bench.drain();
  return presentJob(db, (await findJob(db, id))!, { summaries: true });
}

async function newSource(type: string, path: string, config?: object): Promise<string> {
  const id = `source-${sources++}`;
  await addSource(db, { id, type, url: remote.url + path, ...(config ? { config } : {}) });
  return id;
}

describe('a remote CKAN', () => {
  const dataset = (n: number, modified = '2026-01-01T00:00:00') => ({
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    name: `remote-${n}`,
    title: `Remote ${n}`,
    metadata_modified: modified,
  });
  const catalogue = (all: ReturnType<typeof dataset>[]) => (url: URL) => {
    const start = Number(url.searchParams.get('start'));
    return { body: { success: true, result: { count: all.length, results: all.slice(start, start + 100) } } };
  };

  beforeEach(() => db.rows(`DELETE FROM package WHERE type = 'dataset'`));

  it('is read a page at a time and keeps its ids', async () => {
    remote.answer = catalogue(Array.from({ length: 250 }, (_, n) => dataset(n)));
    const source = await newSource('ckan', '/');
    expect(await harvest(source)).toMatchObject({ status: 'Finished', stats: { added: 250 } });
    expect(remote.asked.map(({ search }) => search)).toEqual([
      '?rows=100&start=0&sort=id+asc',
      '?rows=100&start=100&sort=id+asc',
      '?rows=100&start=200&sort=id+asc',
    ]);
  });

  it('is asked for changes since the last good job, and nothing new is no error', async () => {
    remote.answer = catalogue([dataset(1)]);
    const source = await newSource('ckan', '', { organizations_filter_include: ['a', 'b'] });
    await harvest(source);
    remote.answer = catalogue([]);
    remote.asked.length = 0;
    expect(await harvest(source)).toMatchObject({
      status: 'Finished',
      stats: { added: 0, errored: 0, deleted: 0 },
    });
    expect(remote.asked).toHaveLength(1);
    expect(remote.asked[0]?.searchParams.get('fq')).toMatch(
      /^organization:a OR organization:b metadata_modified:\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z TO \*\]$/,
    );
  });

  it('that cannot be asked for changes is read whole', async () => {
    const all = catalogue([dataset(1), dataset(2)]);
    remote.answer = (url) => (url.searchParams.has('fq') ? { status: 404, body: '<html>' } : all(url));
    const source = await newSource('ckan', '');
    await harvest(source);
    expect(await harvest(source)).toMatchObject({ stats: { 'not modified': 2 }, gather_error_summary: [] });
  });

  it('loses what it no longer lists only when the source says so', async () => {
    remote.answer = catalogue([dataset(1), dataset(2)]);
    const source = await newSource('ckan', '', { force_all: true });
    await harvest(source);
    remote.answer = catalogue([dataset(1)]);
    expect((await harvest(source)).stats).toMatchObject({ 'not modified': 1, deleted: 0 });
    await db.rows(
      `UPDATE harvest_source SET config = '{"force_all": true, "delete_missing": true}' WHERE id = $1`,
      [source],
    );
    expect((await harvest(source)).stats).toMatchObject({ 'not modified': 1, deleted: 1 });
  });

  describe('whose changes alone are asked for', () => {
    type Dataset = ReturnType<typeof dataset>;
    let there: Dataset[];
    let changed: Dataset[];
    /** What was asked for since it was last looked at: `changes`, `ids 0`, `all 0`. */
    const lately = () =>
      remote.asked.splice(0).map(({ searchParams }) => {
        if (searchParams.get('fq')?.includes('metadata_modified')) return 'changes';
        return `${searchParams.has('fl') ? 'ids' : 'all'} ${searchParams.get('start')}`;
      });

    beforeEach(() => {
      changed = [];
      remote.answer = ({ searchParams }) => {
        const start = Number(searchParams.get('start'));
        const all = searchParams.get('fq')?.includes('metadata_modified') ? changed : there;
        const page = all.slice(start, start + Number(searchParams.get('rows')));
        const results = searchParams.has('fl') ? page.map(({ id }) => ({ id })) : page;
        return { body: { success: true, result: { count: all.length, results } } };
      };
    });

    it('loses what is gone, and one request tells that nothing is', async () => {
      there = Array.from({ length: 12 }, (_, n) => dataset(n));
      const source = await newSource('ckan', '', { delete_missing: true });
      expect((await harvest(source)).stats).toMatchObject({ added: 12 });
      lately();
      expect((await harvest(source)).stats).toMatchObject({ deleted: 0, 'not modified': 0 });
      expect(lately()).toEqual(['changes', 'ids 0']);
      const added = dataset(20);
      changed = [added, dataset(3, '2999-01-01T00:00:00')];
      there = [...there.slice(2), added];
      expect((await harvest(source)).stats).toMatchObject({
        added: 1,
        updated: 1,
        deleted: 2,
        'not modified': 9,
        errored: 0,
      });
      expect(lately()).toEqual(['changes', 'ids 0']);
    });

    it('loses nothing while its list of ids is not whole', async () => {
      there = Array.from({ length: 12 }, (_, n) => dataset(n));
      const source = await newSource('ckan', '', { delete_missing: true, deletion_guard: false });
      await harvest(source);
      const answer = remote.answer;
      remote.answer = (url) => {
        if (!url.searchParams.has('fl')) return answer(url);
        return { body: { success: true, result: { count: 11, results: [{ id: dataset(1).id }] } } };
      };
      expect((await harvest(source)).stats).toMatchObject({ deleted: 0, errored: 0 });
    });

    it.each([
      ['while its filter may be another one', { organizations_filter_include: ['a'] }, 0],
      ['when it has no filter', {}, 1],
    ])('that was edited since loses what it does not list %s: %j', async (_when, filter, deleted) => {
      there = [dataset(1), dataset(2)];
      const config = { delete_missing: true, ...filter };
      const source = await newSource('ckan', '', config);
      await harvest(source);
      there = [dataset(1)];
      await db.rows(`UPDATE package SET metadata_modified = now() AT TIME ZONE 'UTC' WHERE id = $1`, [
        source,
      ]);
      expect((await harvest(source)).stats).toMatchObject({ deleted });
      await db.rows(`UPDATE harvest_source SET config = $2 WHERE id = $1`, [
        source,
        JSON.stringify({ ...config, force_all: true }),
      ]);
      await db.rows(`UPDATE package SET metadata_modified = now() AT TIME ZONE 'UTC' WHERE id = $1`, [
        source,
      ]);
      expect((await harvest(source)).stats).toMatchObject({ deleted: 0 });
    });
  });

  it('has a dataset again that it had lost, as it was, though it is as old as ever', async () => {
    remote.answer = catalogue([dataset(1), dataset(2)]);
    const source = await newSource('ckan', '', { force_all: true, delete_missing: true });
    await harvest(source);
    remote.answer = catalogue([dataset(1)]);
    expect((await harvest(source)).stats).toMatchObject({ deleted: 1 });
    remote.answer = catalogue([dataset(1), dataset(2)]);
    expect((await harvest(source)).stats).toMatchObject({ updated: 1, 'not modified': 1, added: 0 });
    expect(
      await db.rows(`SELECT id, name, state FROM package WHERE type = 'dataset' ORDER BY name`),
    ).toMatchObject([
      { name: 'remote-1', state: 'active' },
      { id: dataset(2).id, name: 'remote-2', state: 'active' },
    ]);
  });

  it('whose dataset was deleted here leaves it so', async () => {
    remote.answer = catalogue([dataset(1)]);
    const source = await newSource('ckan', '', { force_all: true });
    await harvest(source);
    await db.rows(`UPDATE package SET state = 'deleted' WHERE id = $1`, [dataset(1).id]);
    expect((await harvest(source)).stats).toMatchObject({ updated: 0, 'not modified': 1 });
  });

  it.each([
    ['<html>', 200, 'Response from remote CKAN was not JSON: <html>'],
    [{ success: false, error: { message: 'no' } }, 200, 'Remote CKAN refused the search: {"message":"no"}'],
    [{ success: true, result: {} }, 200, 'Response from remote CKAN had no results'],
    ['', 500, 'Error sending request to search remote CKAN instance'],
  ])('that answers %j with %i ends in a gather error', async (body, status, text) => {
    remote.answer = () => ({ status, body });
    const job = await harvest(await newSource('ckan', ''));
    expect(job.stats['errored']).toBe(1);
    expect(job.gather_error_summary?.[0]?.message).toContain(
      `Unable to search remote CKAN for datasets:${text}`,
    );
  });

  it('is asked once in a run for an organisation or group that it does not show', async () => {
    const owned = (n: number) => ({ ...dataset(n), owner_org: 'tea', groups: [{ name: 'leaves' }] });
    const all = catalogue([owned(1), owned(2), owned(3)]);
    remote.answer = (url) =>
      url.pathname.endsWith('package_search') ? all(url) : { status: 404, body: { success: false } };
    const source = await newSource('ckan', '', { remote_orgs: 'create', remote_groups: 'create' });
    expect((await harvest(source)).stats).toMatchObject({ added: 3, errored: 0 });
    expect(remote.asked.slice(1).map(({ pathname, search }) => pathname + search)).toEqual([
      '/api/3/action/group_show?id=leaves',
      '/api/3/action/organization_show?id=tea',
      '/api/3/action/group_show?id=tea',
    ]);
  });

  it('without datasets ends in a gather error', async () => {
    remote.answer = catalogue([]);
    expect((await harvest(await newSource('ckan', ''))).gather_error_summary).toEqual([
      { message: `No datasets found at CKAN: ${remote.url}`, error_count: 1 },
    ]);
  });

  it('whose pages never end is stopped by the first that repeats', async () => {
    remote.answer = () => ({ body: { success: true, result: { count: 1e9, results: [dataset(1)] } } });
    const job = await harvest(await newSource('ckan', ''));
    expect(job.gather_error_summary?.[0]?.message).toContain("The paging doesn't seem to work.");
  });

  it('does not take the datasets of another source', async () => {
    remote.answer = catalogue([dataset(1)]);
    const first = await newSource('ckan', '');
    const second = await newSource('ckan', '/other');
    await harvest(first);
    remote.answer = catalogue([dataset(1, '2999-01-01T00:00:00')]);
    const job = await harvest(second);
    expect(job.object_error_summary).toEqual([
      { message: `Dataset ${dataset(1).id} is already harvested from source ${first}`, error_count: 1 },
    ]);
    await db.rows(`UPDATE harvest_source SET config = '{"take_over": true}' WHERE id = $1`, [second]);
    expect((await harvest(second)).stats['updated']).toBe(1);
  });
});

describe('a data.json', () => {
  const record = (n: number, more: object = {}) => ({ identifier: `r${n}`, title: `Record ${n}`, ...more });

  it('is read with its pages; what no page has any more is deleted', async () => {
    const pages: unknown[] = [{ dataset: [record(1), record(2)] }, [record(3)]];
    remote.answer = (url) => {
      const page = pages[Number(url.searchParams.get('page') ?? 1) - 1];
      return page ? { body: page } : { status: 404, body: '' };
    };
    const source = await newSource('dcat_json', '/data.json?a=b');
    expect((await harvest(source)).stats['added']).toBe(3);
    expect(remote.asked.map(({ search }) => search)).toEqual(['?a=b', '?a=b&page=2', '?a=b&page=3']);
    pages.length = 1;
    expect((await harvest(source)).stats).toMatchObject({ updated: 2, deleted: 1 });
  });

  it('that ignores the page parameter is read once', async () => {
    remote.answer = () => ({ body: { dataset: [record(1)] } });
    expect((await harvest(await newSource('dcat_json', '/data.json'))).stats['added']).toBe(1);
  });

  it.each([
    ['{', 200, 'Error parsing file: '],
    ['{}', 200, 'Error parsing file: Wrong JSON object'],
    ['', 404, 'Server responded with 404'],
  ])('%j with status %i ends in a gather error and deletes nothing', async (body, status, text) => {
    remote.answer = (url) =>
      url.searchParams.has('page') ? { status: 404, body: '' } : { body: [record(1)] };
    const source = await newSource('dcat_json', '/data.json');
    await harvest(source);
    remote.answer = () => ({ status, body });
    const job = await harvest(source);
    expect(job.gather_error_summary?.[0]?.message).toContain(text);
    expect(job.stats).toMatchObject({ deleted: 0, errored: 1 });
  });

  it('leaves out what is not for everybody, unless it is to be read as CKAN reads it', async () => {
    remote.answer = (url) =>
      url.searchParams.has('page')
        ? { status: 404, body: '' }
        : { body: [record(1, { accessLevel: 'non-public' }), record(2, { accessLevel: 'public' })] };
    const job = await harvest(await newSource('dcat_json', '/data.json'));
    expect(job.stats).toMatchObject({ added: 1, 'not modified': 1, errored: 0 });
    const plain = await newSource('dcat_json', '/data.json', { additions: false });
    expect((await harvest(plain)).stats).toMatchObject({ added: 2, 'not modified': 0 });
  });

  it('of a record without an identifier takes a hash for it', async () => {
    remote.answer = (url) =>
      url.searchParams.has('page') ? { status: 404, body: '' } : { body: [{ title: 'No identifier' }] };
    await harvest(await newSource('dcat_json', '/data.json'));
    const [row] = await db.rows<{ guid: string }>(
      `SELECT guid FROM harvest_object WHERE content LIKE '%No identifier%'`,
    );
    expect(row?.guid).toMatch(/^[0-9a-f]{40}$/);
  });
});

describe('addresses and filters', () => {
  it.each([
    [{}, []],
    [{ organizations_filter_include: ['a', 'b'] }, ['organization:a OR organization:b']],
    [
      { organizations_filter_exclude: ['a', 'b'], groups_filter_include: ['c'] },
      ['-organization:a', '-organization:b', 'groups:c'],
    ],
    [{ organizations_filter_include: 'a' }, []],
  ])('of %j are %j', (config, terms) => expect(filterTerms(config)).toEqual(terms));

  it('are quoted as Python quotes them', () => {
    expect(searchUrl('http://h/', 100, sinceTerm('2026-01-01 00:30:00.5', 60))).toBe(
      'http://h/api/3/action/package_search?rows=100&start=100&sort=id+asc' +
        '&fq=metadata_modified%3A%5B2025-12-31T23%3A30%3A00.500000Z+TO+%2A%5D',
    );
    expect(pageUrl('http://h/d.json', 2)).toBe('http://h/d.json?page=2');
  });
});

describe('the configuration of a CKAN source', () => {
  it.each([
    ['nonsense', 'Expecting value: line 1 column 1 (char 0)'],
    ['', ''],
    ['{"api_version": "two"}', 'api_version must be an integer'],
    ['{"api_version": "2"}', ''],
    ['{"default_tags": "x"}', 'default_tags must be a list'],
    ['{"default_tags": ["x"]}', 'default_tags must be a list of dictionaries'],
    ['{"default_groups": "x"}', 'default_groups must be a *list* of group names/ids'],
    ['{"default_groups": ["nope"]}', 'Default group not found'],
    [
      '{"default_groups": [{"name": "x"}]}',
      'default_groups must be a list of group names/ids (i.e. strings)',
    ],
    ['{"default_extras": "x"}', 'default_extras must be a dictionary'],
    [
      '{"groups_filter_include": ["a"], "groups_filter_exclude": ["b"]}',
      'Harvest configuration cannot contain both groups_filter_include and groups_filter_exclude',
    ],
    ['{"user": "nope"}', 'User not found'],
    ['{"read_only": "x"}', 'read_only must be boolean'],
    ['{"force_all": 1}', 'force_all must be boolean'],
    ['5', "argument of type 'int' is not iterable"],
  ])('%s gets %j', async (text, message) => {
    if (message === '')
      expect(await validateCkanConfig(text, { sql: db, group: async () => undefined })).toBe(text);
    else
      await expect(validateCkanConfig(text, { sql: db, group: async () => undefined })).rejects.toThrow(
        message,
      );
  });
});
