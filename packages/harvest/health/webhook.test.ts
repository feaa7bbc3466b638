import { createHmac } from 'node:crypto';
import type { Db } from '@portolan/db';
import type { FetchResponse, RequestOptions } from '@portolan/fetcher';
import { beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { findJob } from '../job/job.repo.ts';
import { addSource, harvestBench, startJob } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';

let db: Db;
beforeAll(async () => {
  ({ db } = await testDatabase());
  await addSource(db, { id: 'told', type: 'listed' });
});

it('fails when it is not taken, for the queue to try again', async () => {
  const listing: Listing = { records: [{ guid: 'x' }], pageSize: 2, complete: true };
  const bench = harvestBench(db, [listedDriver(listing)]);
  await addSource(db, { id: 'untold', type: 'listed' });
  Object.assign(bench.site.config, { harvestWebhookUrl: 'http://hook.test/' });
  let status = 500;
  Object.assign(bench.site.fetcher, {
    fetch: async () => ({ status, discard() {} }) as FetchResponse,
  });
  listing.records = [{ guid: 'x', fails: 'driver' }];
  const failed = await startJob(bench.site, 'untold');
  await expect(bench.drain()).rejects.toThrow('The webhook answered 500');
  expect((await findJob(db, failed))?.status).toBe('Finished');
  status = 204;
  await bench.drain();
});

it('posts each change of a source’s health once, signed over time and body', async () => {
  const listing: Listing = { records: [{ guid: 'a' }, { guid: 'b' }], pageSize: 2, complete: true };
  const bench = harvestBench(db, [listedDriver(listing)]);
  const posted: { url: string; options: RequestOptions }[] = [];
  Object.assign(bench.site.config, { harvestWebhookUrl: 'http://hook.test/', harvestWebhookSecret: 'key' });
  Object.assign(bench.site.fetcher, {
    async fetch(url: string, options: RequestOptions) {
      posted.push({ url, options });
      return { status: 204, discard() {} } as FetchResponse;
    },
  });
  const harvest = async () => {
    await startJob(bench.site, 'told');
    await bench.drain();
  };
  await harvest();
  expect(posted).toEqual([]);
  // A source that has worked from the start is no news, one that has not is.
  listing.records = [{ guid: 'a' }, { guid: 'b', fails: 'driver' }];
  await harvest();
  await harvest();
  expect(posted).toHaveLength(1);
  const { body, headers } = posted[0]!.options;
  expect(JSON.parse(String(body))).toMatchObject({
    event: 'harvest_source.health',
    source: { id: 'told' },
    before: 'healthy',
    after: 'partial',
    since: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:/),
  });
  const [, seconds, sent] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers?.['x-portolan-signature'] ?? '') ?? [];
  expect(sent).toBe(
    createHmac('sha256', 'key')
      .update(`${seconds}.${String(body)}`)
      .digest('hex'),
  );
});
