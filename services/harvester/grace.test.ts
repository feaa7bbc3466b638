import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dispatch, findAction, type Params } from '@portolan/catalogue';
import { silentLogger as logger } from '@portolan/kernel';
import { migrateQueueBackend, startRelay } from '@portolan/queue/storage';
import { type OpenSite, openSite } from '@portolan/site';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import { isoRecord } from '../../test/harness/iso_record.ts';
import { harvestQueueJobs, runHarvester } from './run.ts';

let opened: OpenSite;
let answer: RequestListener;
const remote = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
await once(remote, 'listening');
let source: { id: string };
let sources = 0;

beforeAll(async () => {
  const { url } = await testDatabase();
  const env = {
    DATABASE_URL: url,
    SECRET_KEY: 'a-secret-of-the-tests',
    PORTOLAN_FETCH_ALLOW: '127.0.0.1/32',
  };
  opened = await openSite({ service: 'harvester', env, logger });
  await migrateQueueBackend(opened.site.config);
  await act('organization_create', { name: 'tea' });
  const { db, config } = opened.site;
  const relay = await startRelay({ db, config, logger, jobs: harvestQueueJobs });
  return () => relay.close();
});
afterAll(async () => {
  remote.closeAllConnections();
  remote.close();
  await opened.close();
});

async function act(name: string, params: Params): Promise<unknown> {
  const action = findAction(name);
  if (!action) throw new Error(`there is no action ${name}`);
  return dispatch(opened.site, action, { user: undefined, ignoreAuth: true }, params);
}

/** A clock that stands still until it is moved, and whoever waits for it. */
function stoppedClock() {
  let now = 0;
  const waiting = new Set<{ until: number; work: () => void }>();
  return {
    later(milliseconds: number, work: () => void) {
      const one = { until: now + milliseconds, work };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
    isWaitedFor: () => waiting.size > 0,
    move(milliseconds: number) {
      now += milliseconds;
      for (const one of waiting) if (one.until <= now && waiting.delete(one)) one.work();
    },
  };
}

/** The remote's one record does not come until it is let go; `asked` when it has been asked for. */
function slowRecord() {
  const [asked, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const page = isoRecord({ guid: `slow ${sources}` });
  answer = async ({ url }, response) => {
    if (url?.startsWith('/waf/?')) return response.end('<a href="slow.xml">slow.xml</a>');
    if (url !== '/waf/slow.xml') return response.writeHead(404).end();
    asked.resolve();
    await letGo.promise;
    response.writeHead(200, { 'content-type': 'application/xml' }).end(page);
  };
  return { asked: asked.promise, letGo: letGo.resolve };
}

/** A harvester that was told to stop in the middle of a record. */
async function stoppedInTheMiddle(clock: ReturnType<typeof stoppedClock>, asked: Promise<void>) {
  const harvester = await runHarvester(opened, ['harvester'], { onSilence: () => {}, later: clock.later });
  await act('harvest_job_create', { source_id: source.id, run: true });
  await asked;
  const end = { isOver: false, closed: Promise.resolve() };
  end.closed = harvester.close().then(() => {
    end.isOver = true;
  });
  await expect.poll(clock.isWaitedFor).toBe(true);
  return end;
}

const records = () =>
  opened.site.db.rows(
    `SELECT o.state, o.report_status, o.retry_times, w.claimed_by FROM harvest_object o
     LEFT JOIN portolan.harvest_work w ON w.object_id = o.id WHERE o.harvest_source_id = $1`,
    [source.id],
  );

beforeEach(async () => {
  source = (await act('harvest_source_create', {
    name: `slow-${++sources}`,
    url: `http://127.0.0.1:${(remote.address() as AddressInfo).port}/waf/?${sources}`,
    source_type: 'waf',
    owner_org: 'tea',
  })) as { id: string };
});

it('a harvester that stops gives the record that it is at half a minute, in which it is imported', async () => {
  const clock = stoppedClock();
  const { asked, letGo } = slowRecord();
  const end = await stoppedInTheMiddle(clock, asked);
  clock.move(29_999);
  letGo();
  await end.closed;
  expect(await records()).toEqual([
    { state: 'COMPLETE', report_status: 'added', retry_times: 1, claimed_by: null },
  ]);
});

it('after that it gives it back uncounted, and another harvester imports it', async () => {
  const clock = stoppedClock();
  const { asked, letGo } = slowRecord();
  const end = await stoppedInTheMiddle(clock, asked);
  clock.move(29_999);
  expect((await records())[0]).toMatchObject({ state: 'FETCH', retry_times: 1 });
  expect(end.isOver).toBe(false);
  clock.move(1);
  await end.closed;
  expect(await records()).toEqual([
    { state: 'WAITING', report_status: null, retry_times: 0, claimed_by: null },
  ]);
  letGo();
  const another = await runHarvester(opened, ['harvester'], { onSilence: () => {} });
  await expect.poll(records).toMatchObject([{ state: 'COMPLETE', report_status: 'added', retry_times: 1 }]);
  await another.close();
});
