import type { Db } from '@portolan/db';
import { FetchError, type Fetcher } from '@portolan/fetcher';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { type Driver, ObjectFailure } from '../driver.ts';
import { runSchedule } from '../schedule/schedule.ts';
import { harvestStatus } from '../status/status.ts';
import { addSource, type Bench, harvestBench, startJob } from '../testing/harvest_bench.ts';
import { presentJob } from './job.presenter.ts';
import { findJob } from './job.repo.ts';
import { pauseJob, resumeJob } from './pause.ts';

const minute = 60_000;
let db: Db;
let bench: Bench;
let source: string;
let sources = 0;
let now: number;
/** Addresses whose host has stopped answering. */
let silent: (url: string) => boolean;

/** Reads a listing of three records and then each of them; asks all the same when something is wrong with one. */
const driver: Driver = {
  name: 'fetching',
  title: 'Fetching',
  description: '',
  reimport: 'changed',
  validateConfig: (text) => text,
  async *gather({ fetcher, error, deleteMissing, source: { url } }) {
    for (const name of ['a', 'b', 'c']) {
      try {
        await fetcher.read(`${url}/listing/${name}`);
        yield { guid: name };
      } catch (problem) {
        if (!(problem instanceof FetchError)) throw problem;
        await error(problem.message);
      }
    }
    deleteMissing();
  },
  async fetch({ fetcher, object, source: { url } }) {
    try {
      return { content: (await fetcher.read(`${url}/record/${object.guid}`)).text() };
    } catch (problem) {
      if (!(problem instanceof FetchError)) throw problem;
      throw new ObjectFailure(problem.message, 'Fetch', { cause: problem });
    }
  },
  toDataset: ({ object }) => ({ identity: 'derived', dataset: { title: object.guid } }),
};

const fetcher = {
  async read(url: string) {
    if (silent(url)) throw FetchError.circuit('remote.test', 20);
    return { text: () => url };
  },
  close: async () => undefined,
} as unknown as Fetcher;

beforeAll(async () => {
  ({ db } = await testDatabase());
});
beforeEach(async () => {
  source = `silent-${sources++}`;
  now = Date.UTC(2026, 0, 1);
  silent = () => false;
  const made = harvestBench(db, [driver], { now: () => now });
  bench = {
    ...made,
    site: { ...made.site, fetcher, config: { ...made.site.config, harvestTimeout: 30 } },
    drain: () => made.drain(bench.site),
  };
  await addSource(db, { id: source, type: 'fetching' });
});

const shown = async (id: string) => presentJob(db, (await findJob(db, id))!, { summaries: true });
const statusOf = async (id: string) => {
  const { running, stalled } = await harvestStatus(db, now, { harvestStalledAfter: 120 });
  return { ...running.find((job) => job.id === id), stalledJobs: stalled };
};
const later = async (minutes: number) => {
  now += minutes * minute;
  await runSchedule(bench.site, { sourceId: source });
  await bench.drain();
};

it('waits in the quiet hours of its source, longer than its timeout too, and goes on when they are over', async () => {
  await db.rows(`UPDATE harvest_source SET config = $2 WHERE id = $1`, [
    source,
    JSON.stringify({ quiet_hours: '00:00-04:00' }),
  ]);
  const id = await startJob(bench.site, source);
  await bench.drain();
  for (let hours = 0; hours < 3; hours++) await later(60);
  expect(await shown(id)).toMatchObject({ status: 'Running', stats: { added: 0 } });
  expect(await statusOf(id)).toMatchObject({ waits: 'quiet hours', waits_until: null, stalledJobs: 0 });
  await later(50);
  await later(11);
  expect(await shown(id)).toMatchObject({
    status: 'Finished',
    stats: { added: 3 },
    gather_error_summary: [],
  });
});

it('goes on within a minute when its quiet hours are taken away', async () => {
  const quiet = (hours: string) =>
    db.rows(`UPDATE harvest_source SET config = $2 WHERE id = $1`, [
      source,
      JSON.stringify({ quiet_hours: hours }),
    ]);
  await quiet('00:00-04:00');
  const id = await startJob(bench.site, source);
  await bench.drain();
  await later(1);
  await quiet('05:00-06:00');
  await later(1);
  expect(await shown(id)).toMatchObject({ status: 'Finished', stats: { added: 3 } });
});

it('is not taken for stalled while it is paused or its remote rests, and says until when', async () => {
  silent = () => true;
  const id = await startJob(bench.site, source);
  await bench.drain();
  now += 5 * minute;
  expect(await statusOf(id)).toMatchObject({
    waits: 'resting',
    waits_until: '2026-01-01 00:15:00',
    stalled: false,
    stalledJobs: 0,
  });
  await db.transact((tx) => pauseJob(tx, bench.site, id));
  now += 60 * minute;
  expect(await statusOf(id)).toMatchObject({ waits: 'paused', waits_until: null, stalledJobs: 0 });
  // Nobody has taken it up again.
  await db.transact((tx) => resumeJob(tx, bench.site, id));
  expect(await statusOf(id)).toMatchObject({ waits: null, stalled: false, stalledJobs: 0 });
  now += 3 * minute;
  expect(await statusOf(id)).toMatchObject({ waits: null, stalled: true, stalledJobs: 1 });
});

describe('a job whose remote stops answering', () => {
  it.each(['listing', 'record'])('rests and goes on where it was, when a %s cannot be had', async (part) => {
    silent = (url) => url.endsWith(`${part}/b`);
    const id = await startJob(bench.site, source);
    await bench.drain();
    await later(5);
    expect(await shown(id)).toMatchObject({ status: 'Running', gather_error_summary: [] });
    silent = () => false;
    await later(5);
    expect(await findJob(db, id)).toMatchObject({ status: 'Running' });
    await later(6);
    expect(await shown(id)).toMatchObject({
      status: 'Finished',
      stats: { added: 3, errored: 0 },
      gather_error_summary: [],
      object_error_summary: [],
    });
  });

  it('is spared by its timeout while it rests, and ended after four rests', async () => {
    silent = (url) => url.endsWith('record/b');
    const id = await startJob(bench.site, source);
    await bench.drain();
    for (let rests = 0; rests < 3; rests++) await later(16);
    expect(await findJob(db, id)).toMatchObject({ status: 'Running' });
    await later(16);
    expect(await shown(id)).toMatchObject({
      status: 'Finished',
      gather_error_summary: [
        { message: 'Remote server is not responding; stopped after 20 failures', error_count: 1 },
      ],
    });
  });

  it('goes on at once when an operator says so, also after its end', async () => {
    silent = (url) => url.endsWith('record/b');
    const id = await startJob(bench.site, source);
    await bench.drain();
    for (let rests = 0; rests < 4; rests++) await later(16);
    silent = () => false;
    await db.transact((tx) => resumeJob(tx, bench.site, source));
    await bench.drain();
    expect(await shown(id)).toMatchObject({ status: 'Finished', stats: { added: 3 } });
  });

  it('deletes nothing', async () => {
    await startJob(bench.site, source);
    await bench.drain();
    silent = (url) => url.endsWith('listing/a');
    now += minute;
    const id = await startJob(bench.site, source);
    await bench.drain();
    for (let rests = 0; rests < 4; rests++) await later(16);
    expect(await shown(id)).toMatchObject({ status: 'Finished', stats: { deleted: 0 } });
  });
});
