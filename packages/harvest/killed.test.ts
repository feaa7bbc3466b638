import type { Db } from '@portolan/db';
import { systemRuntime } from '@portolan/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import { runGather } from './gather/gather.job.ts';
import { findJob } from './job/job.repo.ts';
import { runImport } from './object/import.job.ts';
import { dyingDb } from './testing/dying_db.ts';
import { startJob, testRun } from './testing/harvest_bench.ts';
import { type ListedSource, listedSource } from './testing/listed_source.ts';

let db: Db;

/** A process that is killed at the n-th transaction, before it begins or after its end. */
function mortal(n: number, moment: 'before' | 'after'): Db {
  let count = 0;
  const { db: own, die } = dyingDb(db);
  return {
    ...own,
    transact: async (work) => {
      const last = ++count === n;
      if (last && moment === 'before') die();
      try {
        return await own.transact(work);
      } finally {
        if (last) die();
      }
    },
  };
}

describe('a process that is killed', () => {
  const first = [
    { guid: 'a' },
    { guid: 'b' },
    { guid: 'c' },
    { guid: 'd', fails: 'driver' as const },
    { guid: 'f' },
  ];
  /** The database refuses what `f` has become, so the records are imported one by one. */
  const second = [
    { guid: 'a' },
    { guid: 'b', notes: 'new' },
    { guid: 'd' },
    { guid: 'e' },
    { guid: 'f', notes: 'no text \0' },
  ];

  /** More than the transactions of a run; that it is more is tested. */
  const most = 24;
  let at: ListedSource;
  let undisturbed: unknown;
  const unnamed = async () => (await at.picture()).map(({ name, ...rest }) => rest);

  beforeAll(async () => {
    ({ db } = await testDatabase());
    at = await listedSource(db, { records: first });
    await at.harvest();
    at.listing.records = second;
    await at.harvest();
    undisturbed = await unnamed();
  });

  describe.each(['before', 'after'] as const)('%s a commit', (moment) => {
    /** The runs that were killed, of the first and of the second. */
    const killed: number[] = [];

    it.each(Array.from({ length: most }, (_, n) => n + 1))(
      'leaves nothing that the next one does not mend: the commit of transaction %i',
      async (n) => {
        at = await listedSource(db);
        for (const records of [first, second]) {
          at.listing.records = records;
          const id = await startJob(at.bench.site, at.id);
          const gather = testRun();
          const worker = testRun();
          const dying = { ...at.bench.site, db: mortal(n, moment) };
          for (const site of [dying, at.bench.site]) {
            try {
              await runGather(site, gather, id);
              while ((await runImport(site, worker, id)) > 0);
            } catch (error) {
              expect(error).toMatchObject({ message: 'killed' });
              killed.push(n);
            }
          }
          at.bench.queue.length = 0;
          expect((await findJob(db, id))?.status).toBe('Finished');
        }
        expect(await unnamed()).toEqual(undisturbed);
      },
    );

    it('was met at every transaction of a run', () => {
      const last = Math.max(...killed);
      expect(last).toBeLessThan(most);
      expect(new Set(killed)).toEqual(new Set(Array.from({ length: last }, (_, n) => n + 1)));
      expect(last).toBeGreaterThan(10);
    });
  });
});

it('a record that kills whoever maps it fails in the end, and takes no other along', async () => {
  const records = Array.from({ length: 120 }, (_, n) => ({ guid: `record ${String(n).padStart(3, '0')}` }));
  const deadly = records[70]!.guid;
  const at = await listedSource(db, { records });
  const job = await startJob(at.bench.site, at.id);
  await runGather(at.bench.site, testRun(), job);
  at.bench.queue.length = 0;
  const run = testRun(); // The queue gives the job to another process, which takes over what this one had claimed.
  let kills = 0;
  for (let isOver = false; !isOver; ) {
    const process = dyingDb(db);
    at.listing.onMap = (guid) => (guid === deadly ? process.die() : undefined);
    try {
      while ((await runImport({ ...at.bench.site, db: process.db }, run, job)) > 0);
      isOver = true;
    } catch {
      kills++;
    }
  }
  expect(kills).toBe(4);
  expect(await at.outcome(job)).toMatchObject({ status: 'Finished', stats: { added: 119, errored: 1 } });
  expect((await at.picture()).filter(({ state }) => state === 'ERROR')).toMatchObject([{ guid: deadly }]);
});

it('a run that ends after others of its attempts were killed leaves none of their records behind', async () => {
  const records = Array.from({ length: 40 }, (_, n) => ({ guid: `record ${String(n).padStart(3, '0')}` }));
  const at = await listedSource(db, { records });
  const job = await startJob(at.bench.site, at.id);
  await runGather(at.bench.site, testRun(), job);
  const run = testRun();
  for (let kill = 0; kill < 2; kill++) {
    const process = dyingDb(db);
    at.listing.onMap = () => process.die();
    await expect(runImport({ ...at.bench.site, db: process.db }, run, job)).rejects.toThrow('killed');
  }
  // Each takes so long that its turn ends before all are imported, since another job waits.
  const other = await listedSource(db, { records });
  await runGather(other.bench.site, testRun(), await startJob(other.bench.site, other.id));
  let passed = 0;
  at.listing.onMap = () => {
    passed += 6000;
  };
  const runtime = { ...at.bench.site.runtime, now: () => systemRuntime.now() + passed };
  expect(await runImport({ ...at.bench.site, runtime }, run, job)).toBeLessThan(40);
  at.listing.onMap = undefined;
  while ((await runImport({ ...at.bench.site, runtime }, testRun(), job)) > 0);
  expect(await at.outcome(job)).toMatchObject({ status: 'Finished', stats: { added: 40 } });
});
