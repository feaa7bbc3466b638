import type { Db } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { runGather } from '../gather/gather.job.ts';
import { presentJob } from '../job/job.presenter.ts';
import { findJob, listJobs } from '../job/job.repo.ts';
import { pauseJob, resumeJob } from '../job/pause.ts';
import { runImport } from '../object/import.job.ts';
import { addSource, type Bench, harvestBench, startJob, testRun } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import { runSchedule } from './schedule.ts';

let db: Db;
let listing: Listing;
let bench: Bench;
let now: number;
let sources = 0;

beforeAll(async () => {
  ({ db } = await testDatabase());
});

beforeEach(async () => {
  await db.rows(`UPDATE harvest_source SET active = false`);
  await db.rows(`UPDATE harvest_job SET status = 'Finished'`);
  now = Date.UTC(2026, 1, 10, 12);
  listing = { records: [{ guid: 'a' }, { guid: 'b' }], pageSize: 10, complete: true };
  bench = harvestBench(db, [listedDriver(listing)], { now: () => now });
});

async function source(frequency: string, next?: number, driver = 'listed'): Promise<string> {
  const id = `source-${sources++}`;
  await addSource(db, { id, type: driver, frequency });
  await db.rows(`UPDATE harvest_source SET next_run = $2 WHERE id = $1`, [
    id,
    next === undefined ? null : timestamp(next),
  ]);
  return id;
}

const nextRunOf = async (id: string) =>
  (await db.rows<{ next_run: string | null }>(`SELECT next_run FROM harvest_source WHERE id = $1`, [id]))[0]
    ?.next_run;
const minute = 60_000;

describe('sources with a schedule', () => {
  it.each([
    ['never run', 'DAILY', undefined, 1],
    ['due now', 'DAILY', 0, 1],
    ['due later', 'DAILY', minute, 0],
    ['harvested by hand', 'MANUAL', undefined, 0],
  ])('that are %s', async (_, frequency, next, jobs) => {
    const id = await source(frequency, next === undefined ? undefined : now + next);
    await runSchedule(bench.site);
    expect(await listJobs(db, { sourceId: id })).toHaveLength(jobs);
    expect(bench.queue).toHaveLength(jobs);
  });

  it('are due again after their interval, also when a job is still under way', async () => {
    const id = await source('WEEKLY');
    await startJob(bench.site, id);
    await runSchedule(bench.site);
    expect(await listJobs(db, { sourceId: id })).toHaveLength(1);
    expect(await nextRunOf(id)).toBe('2026-02-17 12:00:00');
  });

  it('are started once by two schedulers', async () => {
    const id = await source('DAILY');
    await Promise.all([runSchedule(bench.site), runSchedule(bench.site)]);
    expect(await listJobs(db, { sourceId: id })).toHaveLength(1);
  });

  it('are in the audit log with each job that was made, and for no other', async () => {
    const due = await source('DAILY');
    const busy = await source('DAILY');
    await startJob(bench.site, busy);
    await runSchedule(bench.site);
    const noted = (id: string) =>
      db.rows(`SELECT via, action, outcome, concerns FROM portolan.audit_note WHERE $1 = ANY (concerns)`, [
        id,
      ]);
    const [job] = await listJobs(db, { sourceId: due });
    expect(await noted(due)).toEqual([
      {
        via: 'harvester',
        action: 'harvest_job_create',
        outcome: 'done',
        concerns: expect.arrayContaining([due, job!.id]),
      },
    ]);
    expect(await noted(busy)).toEqual([]);
  });

  it('do not stop each other', async () => {
    const broken = await source('DAILY');
    const fine = await source('DAILY');
    await db.rows(`UPDATE harvest_source SET frequency = 'NEVER HEARD OF' WHERE id = $1`, [broken]);
    await runSchedule(bench.site);
    expect(await listJobs(db, { sourceId: fine })).toHaveLength(1);
  });

  it('that are frozen are left out', async () => {
    const id = await source('DAILY');
    await db.rows(`INSERT INTO portolan.harvest_source_state (source_id, frozen) VALUES ($1, true)`, [id]);
    await runSchedule(bench.site);
    expect(await listJobs(db, { sourceId: id })).toEqual([]);
  });

  it('are not started when one source is asked for', async () => {
    const due = await source('DAILY');
    await runSchedule(bench.site, { sourceId: await source('MANUAL') });
    expect(await listJobs(db, { sourceId: due })).toEqual([]);
  });
});

describe('lost work', () => {
  it('is asked for again: a gathering that shows no life, records that nobody imports', async () => {
    const id = await startJob(bench.site, await source('MANUAL'));
    bench.queue.length = 0;
    await runSchedule(bench.site);
    expect(bench.queue).toEqual([]);
    now += 3 * minute;
    await runSchedule(bench.site);
    expect(bench.queue).toEqual([{ job: 'harvest.gather', key: id }]);
    bench.queue.length = 0;
    await runGather(bench.site, testRun(), id);
    bench.queue.length = 0;
    await runSchedule(bench.site);
    expect(bench.queue).toEqual([{ job: 'harvest.import', key: id }]);
    await bench.drain();
    expect((await findJob(db, id))?.status).toBe('Finished');
  });

  it('includes records that CKAN left open', async () => {
    const id = await startJob(bench.site, await source('MANUAL'));
    await db.rows(
      `UPDATE harvest_job SET gather_started = created, gather_finished = created WHERE id = $1`,
      [id],
    );
    await db.rows(
      `INSERT INTO harvest_object (id, guid, content, state, harvest_job_id, harvest_source_id, current, retry_times)
       SELECT 'left-' || id, 'a', '{"guid": "a"}', 'WAITING', id, source_id, false, 0 FROM harvest_job WHERE id = $1`,
      [id],
    );
    bench.queue.length = 0;
    await runSchedule(bench.site);
    await bench.drain();
    const job = await findJob(db, id);
    expect(await presentJob(db, job!, { summaries: false })).toMatchObject({
      status: 'Finished',
      stats: { added: 1 },
    });
  });

  it('of a job that an operator’s SQL has ended is given up, and can be taken up again', async () => {
    const id = await startJob(bench.site, await source('MANUAL'));
    await runGather(bench.site, testRun(), id);
    bench.queue.length = 0;
    await db.rows(
      `UPDATE harvest_job SET finished = now(), status = 'Finished' WHERE id = $1 AND NOT status = 'Finished'`,
      [id],
    );
    await runImport(bench.site, testRun(), id);
    const other = await startJob(bench.site, await source('MANUAL'));
    await runGather(bench.site, testRun(), other);
    await runSchedule(bench.site);
    const states = (job: string) =>
      db.rows(
        `SELECT DISTINCT state, report_status FROM harvest_object WHERE harvest_job_id = $1 ORDER BY state`,
        [job],
      );
    expect(await states(id)).toEqual([{ state: 'ERROR', report_status: 'errored' }]);
    expect(await states(other)).toEqual([{ state: 'WAITING', report_status: null }]);
    await db.transact((tx) => resumeJob(tx, bench.site, id));
    await bench.drain();
    expect(await states(id)).toEqual([{ state: 'COMPLETE', report_status: 'added' }]);
  });

  it('that keeps killing its worker is given up', async () => {
    const id = await startJob(bench.site, await source('MANUAL'));
    await runGather(bench.site, testRun(), id);
    await db.rows(`UPDATE harvest_object SET retry_times = 4 WHERE harvest_job_id = $1 AND guid = 'a'`, [id]);
    await runImport(bench.site, testRun(), id);
    const job = await presentJob(db, (await findJob(db, id))!, { summaries: true });
    expect(job).toMatchObject({ status: 'Finished', stats: { added: 1, errored: 1 } });
    expect(job.object_error_summary?.[0]?.message).toMatch(/^Too many consecutive retries for object /);
  });
});

describe('a job in which nothing happens', () => {
  it.each([
    [3, 'Finished', 1],
    [7, 'Running', 0],
    [0, 'Running', 0],
  ])('for five minutes is, with a timeout of %i minutes, %s', async (timeout, status, errors) => {
    bench = harvestBench(db, [listedDriver(listing)], { now: () => now });
    const site = { ...bench.site, config: { ...bench.site.config, harvestTimeout: timeout } };
    const id = await startJob(site, await source('MANUAL'));
    listing.onMap = (guid) => {
      if (guid === 'b') throw Object.assign(new Error('gone'), { code: '57P01' });
    };
    await runGather(site, testRun(), id);
    await expect(runImport(site, testRun(), id)).rejects.toThrow('gone');
    now += 5 * minute;
    await runSchedule(site, { sourceId: (await findJob(db, id))!.source_id });
    const job = await presentJob(db, (await findJob(db, id))!, { summaries: true });
    expect(job.status).toBe(status);
    expect(job.gather_error_summary).toHaveLength(errors);
    if (errors > 0) {
      expect(job.gather_error_summary?.[0]?.message).toMatch(
        new RegExp(`^Job ${id} timeout \\(3 minutes\\)\n`),
      );
      expect(job.stats).toMatchObject({ added: 1, errored: 2 });
    }
  });
});

describe('a job that runs for too long', () => {
  /** A job that has gathered, whose records are imported one at a time without an end. */
  async function busyJob(): Promise<string> {
    const id = await startJob(bench.site, await source('MANUAL'));
    await runGather(bench.site, testRun(), id);
    bench.queue.length = 0;
    return id;
  }
  const later = async (hours: number) => {
    now += hours * 60 * minute;
    await db.rows(`UPDATE harvest_object SET state = 'COMPLETE', import_finished = $1 WHERE guid = 'a'`, [
      timestamp(now),
    ]);
    await runSchedule(bench.site);
  };

  it('is ended although it is busy, and can be taken up again for a day from then on', async () => {
    const id = await busyJob();
    await later(23);
    expect((await findJob(db, id))?.status).toBe('Running');
    await later(2);
    const job = await presentJob(db, (await findJob(db, id))!, { summaries: true });
    expect(job.status).toBe('Finished');
    expect(job.gather_error_summary?.[0]?.message).toMatch(/has run for more than 1440 minutes/);
    now += 23 * 60 * minute;
    expect((await db.transact((tx) => resumeJob(tx, bench.site, id))).status).toBe('Running');
  });

  it('is not one that was paused, or rested with the whole site', async () => {
    const paused = await busyJob();
    const rested = await busyJob();
    await db.transact((tx) => pauseJob(tx, bench.site, paused));
    await later(25);
    await db.transact((tx) => resumeJob(tx, bench.site, paused));
    expect((await findJob(db, paused))?.status).toBe('Running');
    expect((await findJob(db, rested))?.status).toBe('Finished');
    const readOnly = await busyJob();
    now += 25 * 60 * minute;
    await db.rows(`UPDATE portolan.control SET reopened = $1`, [new Date(now).toISOString()]);
    await later(1);
    expect((await findJob(db, readOnly))?.status).toBe('Running');
    await db.rows(`UPDATE portolan.control SET reopened = NULL`);
  });
});
