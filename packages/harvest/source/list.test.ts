import { timestamp } from '@portolan/kernel';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';

type Shown = Record<string, unknown> & { id: string };

let test: TestSite;
let rivers: string;
let lakes: string;
let made = 0;

beforeAll(async () => {
  test = await testSite();
  ({ id: rivers } = (await test.must('organization_create', { name: 'rivers', title: 'Rivers' })) as Shown);
  ({ id: lakes } = (await test.must('organization_create', { name: 'lakes', title: 'Lakes' })) as Shown);
});

beforeEach(async () => {
  await test.site.db.rows(`UPDATE harvest_source SET active = false, created = created - interval '1 day'`);
});

async function create(fields: object = {}): Promise<Shown> {
  const name = `listed-${made++}`;
  test.clock.now += 1000;
  return (await test.must('harvest_source_create', {
    name,
    url: `http://remote.test/${name}`,
    source_type: 'ckan',
    owner_org: rivers,
    ...fields,
  })) as Shown;
}

const row = async (id: string) =>
  (await test.site.db.rows(`SELECT user_id, publisher_id FROM harvest_source WHERE id = $1`, [id]))[0];

async function listed(params: object = {}, caller?: TestSite['admin']): Promise<Shown[]> {
  const answer = await test.call('harvest_source_list', caller, { only_active: true, ...params });
  if ('error' in answer) throw new Error(JSON.stringify(answer));
  return answer.result as Shown[];
}

describe('the publisher of a source', () => {
  it('is its owner in the row, and not told as if it had been given', async () => {
    const { id } = await create();
    expect(await row(id)).toEqual({ user_id: '', publisher_id: rivers });
    expect(await listed()).toMatchObject([{ id, publisher_id: '', publisher_title: '' }]);
  });

  it('follows the owner, whoever changes it', async () => {
    const { id } = await create();
    await test.must('harvest_source_patch', { id, owner_org: lakes });
    expect(await row(id)).toMatchObject({ publisher_id: lakes });
    await test.must('package_owner_org_update', { id, organization_id: rivers });
    expect(await row(id)).toMatchObject({ publisher_id: rivers });
  });

  it('stays when it was given, as does the user; as in CKAN a change of either is passed over', async () => {
    const { id } = await create({ publisher_id: lakes, user_id: 'somebody' });
    await test.must('harvest_source_patch', { id, owner_org: lakes, publisher_id: 'else', user_id: 'else' });
    expect(await row(id)).toEqual({ user_id: 'somebody', publisher_id: lakes });
    expect(await listed()).toMatchObject([
      { user_id: 'somebody', publisher_id: lakes, publisher_title: 'Lakes' },
    ]);
    await test.must('harvest_source_patch', { id, owner_org: rivers });
    expect(await row(id)).toMatchObject({ publisher_id: lakes });
  });
});

describe('harvest_source_list', () => {
  it('calls a source scheduled while a job of it has not begun', async () => {
    const { id } = await create();
    const { id: job } = (await test.must('harvest_job_create', { source_id: id, run: false })) as Shown;
    expect(await listed()).toMatchObject([{ status: { next_harvest: 'Scheduled' } }]);
    await test.must('harvest_send_job_to_gather_queue', { id: job });
    expect(await listed()).toMatchObject([{ status: { next_harvest: 'Not yet scheduled' } }]);
  });

  it('has as many as the settings allow, the newest', async () => {
    await create();
    const { id } = await create();
    test.set({ 'ckan.harvest.harvest_source_limit': '1' });
    expect(await listed()).toMatchObject([{ id }]);
    test.set({});
  });
});

describe('harvest_job_create_all', () => {
  const sourcesOf = async (params: object) =>
    ((await test.must('harvest_job_create_all', { run: false, ...params })) as Shown[]).map(
      (job) => job['source_id'],
    );

  it('makes jobs of the active sources that have none', async () => {
    const { id } = await create();
    const { id: busy } = await create();
    const { id: frozen } = await create();
    await test.must('harvest_job_create', { source_id: busy, run: false });
    await test.must('harvest_source_freeze', { id: frozen });
    expect(await sourcesOf({})).toEqual([id]);
    expect(await sourcesOf({})).toEqual([]);
  });

  it('takes the filters of harvest_source_list', async () => {
    const { id: due } = await create({ frequency: 'DAILY' });
    const { id: manual } = await create();
    const { id: elsewhere } = await create({ owner_org: lakes });
    expect(await sourcesOf({ organization_id: lakes })).toEqual([elsewhere]);
    expect(await sourcesOf({ only_to_run: true })).toEqual([due]);
    expect(await sourcesOf({ organization_id: rivers })).toEqual([manual]);
  });
});

describe('harvest_source_job_history_clear', () => {
  /** Finished jobs with a record each, newest first; of the oldest record a dataset is made. */
  async function history(id: string, count: number): Promise<string[]> {
    const jobs = Array.from({ length: count }, (_, at) => `${id}-${at}`);
    for (const [at, job] of jobs.entries()) {
      await test.site.db.rows(
        `INSERT INTO harvest_job (id, source_id, status, created) VALUES ($1, $2, 'Finished', $3)`,
        [job, id, timestamp(test.clock.now - at * 1000)],
      );
      await test.site.db.rows(
        `INSERT INTO harvest_object (id, guid, harvest_source_id, harvest_job_id, current, state)
         VALUES ($1::text, $1, $2, $1, $3, 'COMPLETE')`,
        [job, id, at === count - 1],
      );
    }
    return jobs;
  }

  it.each([
    [{}, []],
    [{ keep_jobs: 2 }, [0, 1]],
    [{ keep_current: true }, [3]],
    [{ keep_current: true, keep_jobs: 1 }, [0, 3]],
  ])('keeps with %j the jobs %j', async (params, expected) => {
    const { id } = await create();
    const jobs = await history(id, 4);
    await test.must('harvest_source_job_history_clear', { id, ...params });
    const left = ((await test.must('harvest_job_list', { source_id: id })) as Shown[]).map((job) => job.id);
    expect(left).toEqual(expected.map((at) => jobs[at]));
    expect(await test.must('harvest_object_list', { source_id: id, only_current: false })).toEqual(
      expected.map((at) => jobs[at]).toSorted(),
    );
  });
});

it('a source is named where its jobs and records are looked up', async () => {
  const { id, name } = await create();
  const { id: job } = (await test.must('harvest_job_create', { source_id: id })) as Shown;
  const other = (await create()).id;
  await test.must('harvest_job_create', { source_id: other });
  expect(await test.must('harvest_job_show', { id: name })).toMatchObject({ id: job });
  expect(await test.must('harvest_job_show', { id: name, attr: 'source_id' })).toMatchObject({ id: job });
  expect(await test.must('harvest_job_report', { id: name })).toMatchObject({ object_errors: {} });
  expect(await test.must('harvest_object_list', { source_id: name })).toEqual([]);
  expect(await test.must('harvest_jobs_run', { source_id: name })).toEqual([]);
});

describe('harvest_job_show', () => {
  it('finds for a sysadmin the newest job by another column', async () => {
    const { id } = await create();
    const { id: job } = (await test.must('harvest_job_create', { source_id: id, run: false })) as Shown;
    expect(await test.must('harvest_job_show', { id, attr: 'source_id' })).toMatchObject({ id: job });
    expect(await test.call('harvest_job_show', test.admin, { id, attr: 'config' })).toMatchObject({
      status: 409,
    });
    expect(await test.call('harvest_job_show', test.admin, { id: 'x', attr: 'status' })).toMatchObject({
      status: 404,
    });
  });
});
