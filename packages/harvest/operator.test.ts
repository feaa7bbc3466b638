import type { Db } from '@portolan/db';
import { loadConfig, timestamp } from '@portolan/kernel';
import type { Mail } from '@portolan/mail';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import { abortJob } from './job/abort.ts';
import { findJob, newestJob } from './job/job.repo.ts';
import { pauseJob, resumeJob } from './job/pause.ts';
import { jobReport } from './job/report.ts';
import { runReimport } from './object/reimport.job.ts';
import { findEdited } from './overlay/edits.ts';
import { findOverlays } from './overlay/overlay.repo.ts';
import { runSchedule } from './schedule/schedule.ts';
import { freezeSource, unfreezeSource } from './source/freeze.ts';
import {
  countReleasable,
  dismissDeletions,
  heldDeletions,
  releaseDeletions,
} from './source/held_deletions.ts';
import { addSource, type Bench, harvestBench, startJob, testRun } from './testing/harvest_bench.ts';
import { type Listing, listedDriver } from './testing/listed_driver.ts';

let db: Db;
let listing: Listing;
let bench: Bench;
let source: string;
let sources = 0;
const sent: Mail[] = [];

beforeAll(async () => {
  ({ db } = await testDatabase());
});

beforeEach(async () => {
  source = `operated-${sources++}`;
  sent.length = 0;
  listing = { records: many(3), pageSize: 2, complete: true };
  bench = harvestBench(db, [listedDriver(listing)], {
    mailer: { send: async (mail) => void sent.push(mail) },
  });
  await addSource(db, { id: source, type: 'listed' });
});

const many = (count: number) => Array.from({ length: count }, (_, at) => ({ guid: `${source}-${at}` }));

async function harvest() {
  const id = await startJob(bench.site, source);
  await bench.drain();
  return id;
}

const states = async (jobId: string) =>
  (
    await db.rows<{ report_status: string | null }>(
      `SELECT report_status FROM harvest_object WHERE harvest_job_id = $1 ORDER BY guid`,
      [jobId],
    )
  ).map((row) => row.report_status);

const active = async () =>
  (
    await db.rows(
      `SELECT FROM harvest_object o JOIN package p ON p.id = o.package_id AND p.state = 'active'
       WHERE o.harvest_source_id = $1 AND o.current`,
      [source],
    )
  ).length;

describe('a paused job', () => {
  it('waits, is spared by its timeout, and goes on when it is resumed', async () => {
    const id = await startJob(bench.site, source);
    await db.transact((tx) => pauseJob(tx, bench.site, source));
    await bench.drain();
    await runSchedule(bench.site, { sourceId: source });
    await bench.drain();
    expect(await states(id)).toEqual([]);
    await db.transact((tx) => resumeJob(tx, bench.site, source));
    await bench.drain();
    expect(await states(id)).toEqual(['added', 'added', 'added']);
    expect(await findJob(db, id)).toMatchObject({ status: 'Finished' });
  });
});

describe('an aborted job', () => {
  it('goes on where it was when it is resumed; what failed by itself stays failed', async () => {
    listing.records = [{ guid: 'x-bad', fails: 'driver' }, ...many(2)] as Listing['records'];
    const id = await startJob(bench.site, source);
    listing.onMap = async (guid) => {
      if (guid.endsWith('-0')) await db.transact((tx) => abortJob(tx, bench.site, id));
    };
    await bench.drain();
    expect(await active()).toBe(0);
    delete listing.onMap;
    await db.transact((tx) => resumeJob(tx, bench.site, id));
    await bench.drain();
    expect(await findJob(db, id)).toMatchObject({ status: 'Finished' });
    expect((await states(id)).sort()).toEqual(['added', 'added', 'errored']);
  });

  it('that came to its own end is not resumed', async () => {
    const id = await harvest();
    await expect(db.transact((tx) => resumeJob(tx, bench.site, id))).rejects.toMatchObject({
      fields: { message: 'The job came to its own end' },
    });
  });
});

it('makes no job of a frozen source, and says why', async () => {
  await db.transact((tx) => freezeSource(tx, source, 'moving house'));
  await expect(startJob(bench.site, source)).rejects.toMatchObject({
    fields: { message: 'Harvest source is frozen: moving house' },
  });
  await db.transact((tx) => unfreezeSource(tx, source, timestamp(bench.site.runtime.now())));
  expect(await states(await harvest())).toHaveLength(3);
});

describe('held deletions', () => {
  beforeEach(async () => {
    listing.records = many(15);
    await harvest();
    listing.records = [];
    await harvest();
  });

  it('are listed, and deleted when they are released', async () => {
    const held = await heldDeletions(db, { sourceId: source, limit: 100, offset: 0 });
    expect(held).toHaveLength(15);
    expect(await active()).toBe(15);
    expect(await countReleasable(db, { sourceId: source })).toBe(15);
    expect(await active()).toBe(15);
    const { released, jobId } = await db.transact((tx) =>
      releaseDeletions(tx, bench.site, { sourceId: source }),
    );
    await bench.drain();
    expect(released).toBe(15);
    expect(await active()).toBe(0);
    expect(new Set(await states(jobId!))).toEqual(new Set(['deleted']));
    expect(await heldDeletions(db, { sourceId: source, limit: 100, offset: 0 })).toEqual([]);
  });

  it('are left alone by who means those that an older job held', async () => {
    const [{ job_id: jobId } = { job_id: '' }] = await heldDeletions(db, {
      sourceId: source,
      limit: 1,
      offset: 0,
    });
    listing.records = many(1);
    await harvest();
    const holding = { sourceId: source, jobId };
    expect(await countReleasable(db, holding)).toBe(0);
    expect(await db.transact((tx) => releaseDeletions(tx, bench.site, holding))).toMatchObject({
      released: 0,
    });
    expect(await db.transact((tx) => dismissDeletions(tx, holding))).toBe(0);
    expect(await countReleasable(db, { sourceId: source })).toBe(14);
    expect(await active()).toBe(15);
  });

  it('are forgotten when they are dismissed', async () => {
    expect(await db.transact((tx) => dismissDeletions(tx, { sourceId: source }))).toBe(15);
    expect((await db.transact((tx) => releaseDeletions(tx, bench.site, { sourceId: source }))).released).toBe(
      0,
    );
    expect(await active()).toBe(15);
  });
});

it('imports records again without touching the counts of their job', async () => {
  const id = await harvest();
  await db.rows(
    `UPDATE package SET notes = 'spoilt' WHERE id IN (
    SELECT package_id FROM harvest_object WHERE harvest_job_id = $1)`,
    [id],
  );
  await db.rows(`DELETE FROM portolan.harvest_base`);
  expect(await runReimport(bench.site, testRun(), { sourceId: source, join: true })).toBe(3);
  expect(await states(id)).toEqual(['added', 'added', 'added']);
  const spoilt = await db.rows(
    `SELECT FROM package p JOIN harvest_object o ON o.package_id = p.id
    WHERE o.harvest_job_id = $1 AND p.notes = 'spoilt'`,
    [id],
  );
  expect(spoilt).toEqual([]);
  expect(await active()).toBe(3);
});

describe('a local edit', () => {
  const notesOf = async (guid: string) => {
    const [row] = await db.rows<{ id: string; notes: string }>(
      `SELECT p.id, p.notes FROM harvest_object o JOIN package p ON p.id = o.package_id WHERE o.guid = $1 AND o.current`,
      [guid],
    );
    return row!;
  };

  it('survives the next harvest, whose report says when the source changed under it', async () => {
    const [record] = many(1);
    listing.records = [{ ...record!, notes: 'as sent' }];
    await harvest();
    const { id } = await notesOf(record!.guid);
    await db.rows(`UPDATE package SET notes = 'corrected' WHERE id = $1`, [id]);
    expect((await findEdited({ sql: db, site: { config: loadConfig({ env: {} }) } }, id))?.edits).toEqual([
      {
        field: 'notes',
        value: 'corrected',
        sourceValue: 'as sent',
        noticed: null,
        sourceChanged: null,
        jobId: null,
      },
    ]);
    listing.records = [{ ...record!, notes: 'as sent', title: 'New title' }];
    await harvest();
    expect((await notesOf(record!.guid)).notes).toBe('corrected');
    expect(await findOverlays(db, id)).toMatchObject([
      { field: 'notes', value: 'corrected', sourceValue: 'as sent', sourceChanged: null },
    ]);
    listing.records = [{ ...record!, notes: 'changed there', title: 'New title' }];
    const job = await findJob(db, await harvest());
    expect((await notesOf(record!.guid)).notes).toBe('corrected');
    expect(await jobReport(db, job!)).toMatchObject({
      local_edits: [{ field: 'notes', value: 'corrected', source_value: 'changed there' }],
    });
  });

  it('is none any more once it says what the source says', async () => {
    const [record] = many(1);
    listing.records = [{ ...record!, notes: 'one' }];
    await harvest();
    const { id } = await notesOf(record!.guid);
    await db.rows(`UPDATE package SET notes = 'two' WHERE id = $1`, [id]);
    listing.records = [{ ...record!, notes: 'one', title: 'Other' }];
    await harvest();
    await db.rows(`UPDATE package SET notes = 'one' WHERE id = $1`, [id]);
    listing.records = [{ ...record!, notes: 'three', title: 'Other' }];
    await harvest();
    expect((await notesOf(record!.guid)).notes).toBe('three');
    expect(await findOverlays(db, id)).toEqual([]);
  });
});

describe('mail about a job', () => {
  beforeEach(async () => {
    Object.assign(bench.site.config, { harvestMailErrors: true });
    await db.rows(`INSERT INTO "user" (id, name, email, sysadmin, state, apikey) VALUES ('boss', 'boss', 'boss@portal.test', true, 'active', null)
      ON CONFLICT DO NOTHING`);
  });

  it('goes out for errors, once for the same ones, and never keeps the job from ending', async () => {
    await harvest();
    expect(sent).toEqual([]);
    listing.records = [{ guid: `${source}-bad`, fails: 'driver' }, ...many(3)];
    await harvest();
    await harvest();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      to: { address: 'boss@portal.test' },
      subject: 'Portal - Harvesting Job - Error Notification',
    });
    expect(sent[0]?.body).toContain('Records in Error: 1');
    expect(await newestJob(db, source)).toMatchObject({ status: 'Finished' });
  });

  it('goes out again for the same errors once a job had none, and otherwise after a week', async () => {
    const fine = listing.records;
    const wrong = [{ guid: `${source}-bad`, fails: 'driver' as const }, ...fine];
    const mails = async (records: Listing['records']) => {
      listing.records = records;
      sent.length = 0;
      await harvest();
      return sent.filter(({ subject }) => subject.includes('Error')).length;
    };
    expect(await mails(wrong)).toBe(1);
    expect(await mails(wrong)).toBe(0);
    expect(await mails(fine)).toBe(0);
    expect(await mails(wrong)).toBe(1);
    expect(await mails(wrong)).toBe(0);
    await db.rows(
      `UPDATE portolan.harvest_source_state SET mailed = mailed - interval '8 days' WHERE source_id = $1`,
      [source],
    );
    expect(await mails(wrong)).toBe(1);
  });
});
