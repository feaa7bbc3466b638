import type { User } from '@portolan/catalogue';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { catalogueWriter } from '../catalogue_writer.ts';
import { harvestBench, testRun } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import { runPreview } from './preview.job.ts';

let test: TestSite;
let editor: User;
let member: User;
const listing: Listing = { records: [], pageSize: 2, complete: true };
const source = 'rivers-feed';

beforeAll(async () => {
  test = await testSite();
  editor = await test.account('eddy');
  member = await test.account('mel');
  await test.must('organization_create', {
    name: 'rivers',
    users: [
      { name: 'eddy', capacity: 'editor' },
      { name: 'mel', capacity: 'member' },
    ],
  });
  await test.must('harvest_source_create', {
    name: source,
    url: 'http://remote.test/rivers',
    source_type: 'ckan',
    owner_org: 'rivers',
  });
});

const work = (id: string) =>
  runPreview(
    harvestBench(test.site.db, [{ ...listedDriver(listing), name: 'ckan' }], {
      writer: catalogueWriter(test.site),
      now: () => test.clock.now,
    }).site,
    testRun(),
    id,
  );

const ask = async (params: object = {}, caller = test.admin) =>
  (await test.must('harvest_source_preview', { id: source, wait: false, ...params }, caller)) as {
    id: string;
    limit: number;
    state: string;
  };

describe('harvest_source_preview with wait=false', () => {
  it('answers at once, and harvest_preview_show what came of it', async () => {
    listing.records = [{ guid: 'a', title: 'Ant' }, { guid: 'b', fails: 'driver' }, { guid: 'c' }];
    const { id, state } = await ask();
    expect(state).toBe('waiting');
    await work(id);
    expect(await test.must('harvest_preview_show', { id, limit: 1, offset: 1 })).toMatchObject({
      id,
      state: 'finished',
      summary: { create: 2, update: 0, unchanged: 0, delete: 0, error: 1 },
      records: [{ guid: 'b', action: 'error', reason: 'No good record', title: null, changes: [] }],
      expires: '2031-05-13 07:08:09.123000',
    });
    expect(await test.must('harvest_preview_show', { id: source, action: 'create' })).toMatchObject({
      id,
      records: [{ guid: 'a', title: 'Ant' }, { guid: 'c' }],
    });
    expect(await test.call('package_show', test.admin, { id: 'ant' })).toMatchObject({ status: 404 });
  });

  it('looks at 50 records for editors, at 1000 if they ask for more, at all for sysadmins', async () => {
    expect((await ask({}, editor)).limit).toBe(50);
    expect((await ask({ limit: 5000 }, editor)).limit).toBe(1000);
    expect((await ask({ limit: 5000 })).limit).toBe(5000);
    expect((await ask()).limit).toBe(1_000_000);
  });

  it('is for those who may change the source, and so is what came of it', async () => {
    const { id } = await ask();
    for (const [action, params] of [
      ['harvest_source_preview', { id: source, wait: 'false' }],
      ['harvest_preview_show', { id }],
      ['harvest_preview_abort', { id }],
    ] as const) {
      expect(await test.call(action, editor, params)).toHaveProperty('result');
      expect(await test.call(action, member, params)).toMatchObject({ status: 403 });
      expect(await test.call(action, undefined, params)).toMatchObject({ status: 403 });
      expect(await test.call(action, test.admin, { ...params, id: 'nowhere' })).toMatchObject({
        status: 404,
      });
      expect(await test.call(action, test.admin, {})).toMatchObject({ status: expect.any(Number) });
    }
  });

  it('is aborted, and begins nothing any more', async () => {
    const { id } = await ask({ limit: 7 });
    expect(await test.must('harvest_preview_abort', { id }, editor)).toMatchObject({ state: 'aborted' });
    expect(
      await test.site.db.rows(`SELECT state FROM portolan.job WHERE name = 'harvest.preview' AND key = $1`, [
        id,
      ]),
    ).toEqual([{ state: 'cancelled' }]);
    await work(id);
    expect(await test.must('harvest_preview_show', { id })).toMatchObject({ state: 'aborted', records: [] });
  });

  it('ends when its source is removed', async () => {
    const { id } = await ask({ limit: 8 });
    listing.records = [{ guid: 'a' }, { guid: 'b' }, { guid: 'c' }];
    listing.onGather = async (guid) => {
      if (guid === 'c') await test.must('harvest_source_delete', { id: source });
    };
    await work(id);
    delete listing.onGather;
    expect(await test.must('harvest_preview_show', { id })).toMatchObject({
      state: 'aborted',
      error: 'The source was removed',
      summary: { create: 2 },
    });
    await test.must('harvest_source_patch', { id: source, state: 'active' });
  });

  it('is refused while the site is read-only; what came of others can be read', async () => {
    const { id } = await ask({ limit: 9 });
    const gate = test.site.gate as { closed: boolean };
    gate.closed = true;
    try {
      expect(await test.call('harvest_source_preview', test.admin, { id: source })).toMatchObject({
        status: 503,
      });
      expect(await test.call('harvest_preview_abort', test.admin, { id })).toMatchObject({ status: 503 });
      expect(await test.call('harvest_preview_show', test.admin, { id })).toHaveProperty('result');
    } finally {
      gate.closed = false;
    }
  });

  it.each([
    ['harvest_source_preview', { wait: 'maybe' }, 'wait'],
    ['harvest_source_preview', { wait: -1 }, 'wait'],
    ['harvest_source_preview', { wait: false, limit: 'x' }, 'limit'],
    ['harvest_preview_show', { action: 'compare' }, 'action'],
    ['harvest_preview_show', { offset: -1 }, 'offset'],
  ])('%s refuses %o', async (action, params, field) => {
    expect(await test.call(action, test.admin, { id: source, ...params })).toMatchObject({
      status: 409,
      error: { [field]: [expect.any(String)] },
    });
  });
});

it('harvest_job_deletions_release only tells how many there are without confirm', async () => {
  const release = (params: object, caller: User | undefined = editor) =>
    test.call('harvest_job_deletions_release', caller, { id: source, ...params });
  expect(await release({ confirm: false })).toEqual({ result: { released: 0, held: 0 } });
  expect(await release({})).toEqual({ result: { released: 0 } });
  expect(await release({ confirm: 'perhaps' })).toMatchObject({ status: 409 });
  expect(await release({}, member)).toMatchObject({ status: 403 });
});
