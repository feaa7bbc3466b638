import type { Db } from '@portolan/db';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import { runGather } from './gather/gather.job.ts';
import { abortJob } from './job/abort.ts';
import { findJob } from './job/job.repo.ts';
import { runImport } from './object/import.job.ts';
import { startJob, testRun } from './testing/harvest_bench.ts';
import { type ListedSource, listedSource, stats } from './testing/listed_source.ts';

let db: Db;
let at: ListedSource;

beforeAll(async () => {
  ({ db } = await testDatabase());
});

beforeEach(async () => {
  at = await listedSource(db);
});

describe('several workers', () => {
  it('share a job without doing anything twice', async () => {
    at.listing.records = Array.from({ length: 300 }, (_, n) => ({ guid: String(n), title: 'Same' }));
    const counts = new Map<string, number>();
    at.listing.onMap = (guid) => void counts.set(guid, (counts.get(guid) ?? 0) + 1);
    const id = await startJob(at.bench.site, at.id);
    await runGather(at.bench.site, testRun(), id);
    const worker = async () => {
      const run = testRun();
      while ((await runImport(at.bench.site, run, id)) > 0);
    };
    await Promise.all([worker(), worker(), worker()]);
    await worker();
    expect((await at.outcome(id)).stats).toEqual(stats({ added: 300 }));
    expect([...counts.values()].every((n) => n === 1)).toBe(true);
    expect(new Set((await at.datasets()).map(({ name }) => name)).size).toBe(300);
  });

  it('that gather the same job: the later one has it, the earlier one stops', async () => {
    const id = await startJob(at.bench.site, at.id);
    let entered = false;
    at.listing.onGather = async () => {
      if (entered) return;
      entered = true;
      await runGather(at.bench.site, testRun(), id);
    };
    await runGather(at.bench.site, testRun(), id);
    await at.bench.drain();
    expect((await at.outcome(id)).stats).toEqual(stats({ added: 3 }));
  });

  it('that have lost their claim write nothing', async () => {
    const id = await startJob(at.bench.site, at.id);
    await runGather(at.bench.site, testRun(), id);
    at.listing.onMap = async () => {
      await db.rows(`UPDATE portolan.harvest_work SET claimed_by = 'another' WHERE job_id = $1`, [id]);
    };
    await runImport(at.bench.site, testRun(), id);
    expect(await at.datasets()).toEqual([]);
    expect((await at.outcome(id)).stats['null']).toBe(3);
  });
});

describe('an abort', () => {
  it('ends the job; work under way writes nothing any more', async () => {
    const id = await startJob(at.bench.site, at.id);
    // Those before are of a batch that is over.
    const guids = Array.from({ length: 60 }, (_, n) => `record ${String(n).padStart(2, '0')}`);
    at.listing.records = guids.map((guid) => ({ guid }));
    at.listing.onMap = async (guid) => {
      if (guid === guids[55]) await db.transact((tx) => abortJob(tx, at.bench.site, id));
    };
    await at.bench.drain();
    expect(await findJob(db, id)).toMatchObject({ status: 'Finished', finished: expect.any(String) });
    expect(
      (await at.picture()).map(({ guid, state, report_status }) => [guid, state, report_status]),
    ).toEqual(guids.map((guid, n) => (n < 50 ? [guid, 'COMPLETE', 'added'] : [guid, 'ERROR', 'errored'])));
    expect(await at.datasets()).toHaveLength(50);
  });

  it('stops a gathering at its next page', async () => {
    const id = await startJob(at.bench.site, at.id);
    at.listing.onGather = async (guid) => {
      if (guid === 'c') await db.transact((tx) => abortJob(tx, at.bench.site, at.id));
    };
    await at.bench.drain();
    expect((await at.outcome(id)).gather_finished).toBeNull();
    expect(await at.datasets()).toEqual([]);
  });
});

describe('a worker that is told to stop', () => {
  it('ends the record that it is at, and gives the others back uncounted', async () => {
    const stop = new AbortController();
    const job = await startJob(at.bench.site, at.id);
    await runGather(at.bench.site, testRun(), job);
    at.bench.queue.length = 0;
    at.listing.onMap = () => stop.abort();
    await runImport(at.bench.site, { ...testRun(), stopping: stop.signal }, job);
    expect((await at.outcome(job)).stats).toEqual(stats({ added: 1, null: 2 }));
    expect(
      await db.rows(
        `SELECT state, retry_times, claimed_by FROM harvest_object o JOIN portolan.harvest_work w ON w.object_id = o.id
         WHERE harvest_job_id = $1`,
        [job],
      ),
    ).toEqual(Array(2).fill({ state: 'WAITING', retry_times: 0, claimed_by: null }));
    // Whoever is next is asked for.
    expect(at.bench.queue).toEqual([{ job: 'harvest.import', key: job }]);
    await at.bench.drain();
    expect(await at.outcome(job)).toMatchObject({ status: 'Finished', stats: { added: 3 } });
  });
});
