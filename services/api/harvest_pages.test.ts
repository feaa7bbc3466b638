import { createToken } from '@portolan/catalogue';
import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../test/harness/accounts.ts';
import { buildApi } from './app.ts';

let test: TestSite;
let api: ReturnType<typeof buildApi>;
let headers: { authorization: string };
let id: string;
let job: string;

beforeAll(async () => {
  test = await testSite();
  api = buildApi({ site: test.site, queues: async () => [] });
  const { token } = await test.site.db.transact((tx) =>
    createToken(test.site, tx, { userId: test.admin.id, name: 'test' }),
  );
  headers = { authorization: token };
  await test.must('organization_create', { name: 'office' });
  ({ id } = (await test.must('harvest_source_create', {
    name: 'feed',
    title: 'A <b>feed</b>',
    url: 'https://feed.test/data.json',
    source_type: 'dcat_json',
    owner_org: 'office',
  })) as { id: string });
  ({ id: job } = (await test.must('harvest_job_create', { source_id: id, run: false })) as { id: string });
  await test.site.db.rows(
    `INSERT INTO harvest_gather_error (id, harvest_job_id, message) VALUES ('wrong', $1, 'No <i>listing</i>')`,
    [job],
  );
});

it.each(['/harvest', '/harvest/feed', '/harvest/about/feed', '/harvest/:id'])(
  '%s is for everybody, and runs nothing of what it tells',
  async (url) => {
    const answer = await api.inject(url.replace(':id', id));
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('A &lt;b&gt;feed&lt;/b&gt;');
    expect(answer.body).not.toContain('<b>');
  },
);

it.each(['/harvest/admin/feed', '/harvest/feed/job', '/harvest/feed/job/last', '/harvest/:id/job/:job'])(
  '%s is for those who may change the source',
  async (url) => {
    const address = url.replace(':id', id).replace(':job', job);
    expect((await api.inject(address)).statusCode).toBe(403);
    const answer = await api.inject({ url: address, headers });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain(`/harvest/feed/job/${job}`);
  },
);

it('a job is told with its errors, under the address that mails have for it, and under no other source', async () => {
  const answer = await api.inject({ url: `/harvest/${id}/job/${job}`, headers });
  expect(answer.body).toContain('No &lt;i&gt;listing&lt;/i&gt;');
  await test.must('harvest_source_create', {
    name: 'other',
    url: 'https://other.test/data.json',
    source_type: 'dcat_json',
    owner_org: 'office',
  });
  expect((await api.inject({ url: `/harvest/other/job/${job}`, headers })).statusCode).toBe(404);
  expect((await api.inject({ url: '/harvest/other/job/last', headers })).statusCode).toBe(404);
  expect((await api.inject('/harvest/nothing')).statusCode).toBe(404);
});

it('what changes a source is done by POST alone, for those who may, and leads to its administration', async () => {
  const post = (url: string, as: object = headers) =>
    api.inject({ method: 'POST', url, headers: as as Record<string, string> });
  expect((await api.inject({ url: `/harvest/refresh/${id}`, headers })).statusCode).toBe(404);
  expect((await post(`/harvest/${id}/job/${job}/abort`, {})).statusCode).toBe(403);
  expect((await post('/harvest/refresh/feed')).statusCode).toBe(409);
  const aborted = await post(`/harvest/${id}/job/${job}/abort`);
  expect([aborted.statusCode, aborted.headers.location]).toEqual([303, `/harvest/admin/${id}`]);
  expect((await post('/harvest/refresh/feed')).statusCode).toBe(303);
  const jobs = await test.must('harvest_job_list', { source_id: id });
  expect(jobs).toHaveLength(2);
  expect(jobs).toContainEqual(expect.objectContaining({ id: job, status: 'Finished' }));
  expect(jobs).toContainEqual(expect.objectContaining({ status: 'Running' }));
  expect((await post('/harvest/delete/feed?clear=true')).statusCode).toBe(303);
  const rows = await test.site.db.rows(
    `SELECT state, (SELECT count(*)::int FROM harvest_job WHERE source_id = p.id) AS jobs FROM package p WHERE id = $1`,
    [id],
  );
  expect(rows).toEqual([{ state: 'deleted', jobs: 0 }]);
});
