import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newName, newOrganization, send, succeed } from './client.ts';

const ministry = { id: randomUUID(), name: newName('ministry'), title: 'Ministry of Charts' };
const topic = { id: randomUUID(), name: newName('topic'), title: 'Charts' };
const charts = ['a', 'b', 'c'].map((one) => ({
  id: randomUUID(),
  name: newName(`chart-${one}`),
  title: `Chart ${one}`,
  owner_org: ministry.id,
  groups: [{ id: topic.id, name: topic.name }],
  resources: [{ id: randomUUID(), url: `http://charts.test/${one}.csv` }],
}));

/** What another CKAN answers, by action. */
const results: Record<string, unknown> = {
  package_search: { count: charts.length, results: charts },
  organization_show: { ...ministry, is_organization: true, users: [{ name: 'somebody' }] },
  group_show: { ...topic, is_organization: false },
};

let remote: Server;
let url: string;

beforeAll(async () => {
  remote = createServer((request, response) => {
    const action = new URL(request.url ?? '', 'http://x').pathname.split('/').at(-1) ?? '';
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ success: action in results, result: results[action] }));
  });
  await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(remote.address() as AddressInfo).port}`;
});
afterAll(() => remote.close());

// The portal has to be allowed to ask an inside address; those that the tests start are.
it.skipIf(Boolean(process.env['PORTOLAN_TEST_URL']))(
  'makes the organisations and groups of another CKAN where its source says so',
  async () => {
    const source = await succeed('harvest_source_create', {
      name: newName('source'),
      title: 'Charts',
      url,
      source_type: 'ckan',
      owner_org: await newOrganization(),
      config: JSON.stringify({ remote_orgs: 'create', remote_groups: 'create' }),
    });
    const { id } = await succeed('harvest_job_create', { source_id: source.id, run: true });
    await expect
      .poll(async () => (await succeed('harvest_job_show', { id })).status, { timeout: 30_000 })
      .toBe('Finished');
    expect((await succeed('harvest_job_show', { id })).stats).toMatchObject({ added: 3, errored: 0 });
    for (const { name } of charts)
      expect(await succeed('package_show', { id: name })).toMatchObject({
        organization: ministry,
        groups: [topic],
      });
    expect((await succeed('organization_show', { id: ministry.name })).package_count).toBe(charts.length);
  },
);

it('tells how the sources are', async () => {
  const text = await (await send('/metrics')).text();
  for (const name of [
    'jobs',
    'open_objects',
    'sources',
    'stalled_jobs',
    'oldest_job_seconds',
    'oldest_waiting_seconds',
    'records_per_second',
    'source_error_ratio',
  ])
    expect(text).toContain(`# TYPE portolan_harvest_${name} gauge`);
  for (const name of ['requests', 'answer_seconds'])
    expect(text).toContain(`# TYPE portolan_harvest_host_${name}_total counter`);
  expect(text).toMatch(/portolan_harvest_requests_last_hour\{outcome="failed"\} \d/);
  expect(text).toMatch(/portolan_harvest_stalled_jobs \d/);
});
