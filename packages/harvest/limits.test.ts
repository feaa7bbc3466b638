import type { Db } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import type { Mail } from '@portolan/mail';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import type { Driver } from './driver.ts';
import { runGather } from './gather/gather.job.ts';
import { abortJob } from './job/abort.ts';
import { abortFailedJobs } from './job/abort_failed.ts';
import { presentJob } from './job/job.presenter.ts';
import { findJob } from './job/job.repo.ts';
import { createJob } from './job/start.ts';
import { unfreezeSource } from './source/freeze.ts';
import { findSource } from './source/source.repo.ts';
import { addSource, type Bench, harvestBench, startJob, testRun } from './testing/harvest_bench.ts';
import { type Listing, listedDriver } from './testing/listed_driver.ts';

let db: Db;
let listing: Listing;
let bench: Bench;
let source: string;
let sources = 0;
let now: number;
const sent: Mail[] = [];

beforeAll(async () => {
  ({ db } = await testDatabase());
});

beforeEach(async () => {
  now = Date.UTC(2026, 1, 10);
  sent.length = 0;
  source = `limited-${sources++}`;
  listing = { records: [1, 2, 3].map((n) => ({ guid: `${source}-${n}` })), pageSize: 2, complete: true };
  await begin(listedDriver(listing));
});

async function begin(driver: Driver) {
  const mailer = { send: async (mail: Mail) => void sent.push(mail) };
  bench = harvestBench(db, [driver], { now: () => now, mailer });
  source = `limited-${sources++}`;
  await addSource(db, { id: source, type: 'listed' });
}

async function harvest() {
  now += 60_000;
  const id = await startJob(bench.site, source);
  await bench.drain();
  return presentJob(db, (await findJob(db, id))!, { summaries: true });
}

describe('a listing', () => {
  it('that is longer than may be is refused whole', async () => {
    Object.assign(bench.site.config, { harvestMaxRecords: 2 });
    const job = await harvest();
    expect(job.gather_error_summary?.[0]?.message).toBe(
      'The source lists more than 2 records (portolan.harvest.max_records)',
    );
    expect(job.stats).toMatchObject({ added: 0, errored: 1 });
  });

  it('as long as may be is taken', async () => {
    Object.assign(bench.site.config, { harvestMaxRecords: 3 });
    expect((await harvest()).stats).toMatchObject({ added: 3, errored: 0 });
  });

  it('with a record that is too large is taken without it, and nothing is deleted', async () => {
    await harvest();
    Object.assign(bench.site.config, { harvestMaxRecordSize: 1 });
    listing.records = [{ guid: 'new' }, { guid: 'huge', notes: 'x'.repeat(2 ** 20) }];
    const job = await harvest();
    expect(job.gather_error_summary?.[0]?.message).toBe(
      'Record huge is larger than 1 MB (portolan.harvest.max_record_mb) and is left out',
    );
    expect(job.stats).toMatchObject({ added: 1, deleted: 0, errored: 1 });
  });
});

it('a record of more resources than may be is an error, and the others go on', async () => {
  const plain = listedDriver(listing);
  await begin({
    ...plain,
    async toDataset(context) {
      const mapped = await plain.toDataset(context);
      if (typeof mapped === 'object' && context.object.guid.endsWith('-2'))
        mapped.dataset.resources = Array.from({ length: 2001 }, () => ({ url: 'http://file.test/' }));
      return mapped;
    },
  });
  const job = await harvest();
  expect(job.stats).toMatchObject({ added: 2, errored: 1 });
  expect(job.object_error_summary?.[0]?.message).toBe(
    'The record has 2001 resources, more than 2000 (portolan.harvest.max_resources)',
  );
});

it.each(['tags', 'extras', 'groups'])(
  'a record of more %s than may be is an error of its own',
  async (key) => {
    const plain = listedDriver(listing);
    await begin({
      ...plain,
      async toDataset(context) {
        const mapped = await plain.toDataset(context);
        if (typeof mapped === 'object' && context.object.guid.endsWith('-2'))
          mapped.dataset[key] = Array.from({ length: 5001 }, (_, n) => ({ name: `n${n}`, key: `n${n}` }));
        return mapped;
      },
    });
    const job = await harvest();
    expect(job.stats).toMatchObject({ added: 2, errored: 1 });
    expect(job.object_error_summary?.[0]?.message).toBe(
      `The record has 5001 ${key}, more than 5000 (portolan.harvest.max_entries)`,
    );
  },
);

describe('a source that keeps failing', () => {
  const frozen = async () => (await findSource(db, source))?.frozen;
  beforeEach(async () => {
    Object.assign(bench.site.config, { harvestAutofreeze: 2 });
    await db.rows(
      `INSERT INTO "user" (id, name, email, apikey, state, sysadmin) VALUES ('ada', 'ada', 'ada@portal.test', 'key', 'active', true)
       ON CONFLICT DO NOTHING`,
    );
  });

  it('is frozen, with one mail, and counted anew once it is unfrozen', async () => {
    listing.breaksAt = 0;
    await harvest();
    expect(await frozen()).toBe(false);
    await harvest();
    expect(await findSource(db, source)).toMatchObject({
      frozen: true,
      frozen_reason: '2 jobs in a row failed',
    });
    expect(sent.map(({ subject }) => subject)).toEqual(['Portal - Harvest Source Frozen']);
    expect(
      await db.rows(`SELECT via, action, outcome FROM portolan.audit_note WHERE $1 = ANY (concerns)`, [
        source,
      ]),
    ).toEqual([{ via: 'harvester', action: 'harvest_source_freeze', outcome: 'done' }]);
    await expect(db.transact((tx) => createJob(tx, bench.site, source, { run: true }))).rejects.toMatchObject(
      { fields: { message: 'Harvest source is frozen: 2 jobs in a row failed' } },
    );
    await db.transact((tx) => unfreezeSource(tx, source, timestamp(now)));
    await harvest();
    expect(await frozen()).toBe(false);
    await harvest();
    expect(await frozen()).toBe(true);
  });

  it('now and then is not', async () => {
    for (const breaksAt of [0, undefined, 0, undefined, 0]) {
      if (breaksAt === undefined) delete listing.breaksAt;
      else listing.breaksAt = breaksAt;
      await harvest();
    }
    expect(await frozen()).toBe(false);
    expect(sent).toEqual([]);
  });

  it('by aborts is not', async () => {
    listing.records = Array.from({ length: 3 }, (_, n) => ({ guid: `aborted-${n}` }));
    for (let n = 0; n < 3; n++) {
      const id = await startJob(bench.site, source);
      await runGather(bench.site, testRun(), id);
      await db.transact((tx) => abortJob(tx, bench.site, id));
      expect(await findJob(db, id)).toMatchObject({ status: 'Finished', finished: expect.any(String) });
    }
    listing.breaksAt = 0;
    await harvest();
    expect(await frozen()).toBe(false);
    await harvest();
    expect(await frozen()).toBe(true);
  });

  it('in part is not, nor where nobody has asked for it', async () => {
    listing.records = [{ guid: 'a' }, { guid: 'b', fails: 'driver' }];
    await harvest();
    await harvest();
    expect(await frozen()).toBe(false);
    Object.assign(bench.site.config, { harvestAutofreeze: 0 });
    listing.breaksAt = 0;
    await harvest();
    await harvest();
    expect(await frozen()).toBe(false);
  });
});

it('jobs of a source whose frequency says nothing are told of, and none is ended unless it is left out', async () => {
  const id = await startJob(bench.site, source);
  await db.rows(`UPDATE harvest_source SET frequency = 'SOMETIMES' WHERE id = $1`, [source]);
  now += 40 * 86_400_000;
  const end = (exclude: string[]) =>
    db.transact((tx) => abortFailedJobs(tx, bench.site, { days: 7, include: [], exclude }));
  await expect(end([])).rejects.toMatchObject({
    fields: { message: `Frequency SOMETIMES of source ${source} not recognised; no job was ended` },
  });
  expect((await findJob(db, id))?.status).toBe('Running');
  expect(await end([source])).toBe('There is no jobs to abort');
});
