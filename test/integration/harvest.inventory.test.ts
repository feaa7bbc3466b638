import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runWholeJob } from '@portolan/harvest';
import { harvestSite, siteFetcher } from '@portolan/service-harvester';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../harness/accounts.ts';

const document = '../shared/data/harvest/inventory/inventory.xml';

describe.skipIf(!existsSync(document))('a council’s real inventory', () => {
  let server: Server;
  let portal: TestSite;
  let source: string;

  beforeAll(async () => {
    server = createServer((_request, response) => createReadStream(document).pipe(response));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    portal = await testSite({ PORTOLAN_FETCH_ALLOW: host });
    await portal.must('organization_create', { name: 'council' });
    const about = { name: 'inventory', title: 'Inventory', source_type: 'inventory', owner_org: 'council' };
    source = (
      (await portal.must('harvest_source_create', { ...about, url: `http://${host}/` })) as { id: string }
    ).id;
  });
  afterAll(() => server.close());

  it.each([
    ['brings its 79 datasets', { added: 79, errored: 0 }],
    ['brings nothing again with the same dates', { added: 0, updated: 0, deleted: 0, errored: 0 }],
  ])('%s', async (_what, stats) => {
    const fetcher = siteFetcher(portal.site);
    const { id } = (await portal.must('harvest_job_create', { source_id: source, run: false })) as {
      id: string;
    };
    await runWholeJob(harvestSite(portal.site, fetcher), id, new AbortController().signal);
    await fetcher.close();
    expect(await portal.must('harvest_job_show', { id })).toMatchObject({ stats, gather_error_summary: [] });
  });
});
