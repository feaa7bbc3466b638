import type { Db } from '@portolan/db';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import { runGather } from './gather/gather.job.ts';
import { abortJob } from './job/abort.ts';
import { presentJob } from './job/job.presenter.ts';
import { findJob } from './job/job.repo.ts';
import { runImport } from './object/import.job.ts';
import { addSource, type Bench, harvestBench, startJob, testRun } from './testing/harvest_bench.ts';
import { type Listing, listedDriver } from './testing/listed_driver.ts';

let db: Db;
let listing: Listing;
let bench: Bench;
let source: string;
let sources = 0;

beforeAll(async () => {
  ({ db } = await testDatabase());
});

beforeEach(async () => {
  source = `source-${sources++}`;
  listing = { records: [{ guid: 'a' }, { guid: 'b' }, { guid: 'c' }], pageSize: 2, complete: true };
  bench = harvestBench(db, [listedDriver(listing)]);
  await addSource(db, { id: source, type: 'listed' });
});

async function harvest() {
  const id = await startJob(bench.site, source);
  await bench.drain();
  return outcome(id);
}

async function outcome(id: string) {
  const job = await findJob(db, id);
  return { ...(await presentJob(db, job!, { summaries: true })), id };
}

const stats = (counts: Record<string, number>) => ({
  added: 0,
  updated: 0,
  'not modified': 0,
  errored: 0,
  deleted: 0,
  ...counts,
});

/** What clients can see of the source's records, without what every run makes anew. */
async function picture() {
  return db.rows<Record<string, unknown>>(
    `SELECT o.guid, o.state, o.report_status, o.current, p.name, p.title, p.notes, p.state AS package_state,
            (SELECT count(*) FROM harvest_object c WHERE c.current AND c.package_id = p.id) AS current_for_package
     FROM harvest_object o LEFT JOIN package p ON p.id = o.package_id
     WHERE o.harvest_source_id = $1 ORDER BY o.gathered, o.guid`,
    [source],
  );
}

async function datasets(state = 'active') {
  const rows = await db.rows<{ id: string; guid: string; name: string; notes: string }>(
    `SELECT p.id, o.guid, p.name, p.notes FROM harvest_object o JOIN package p ON p.id = o.package_id
     WHERE o.harvest_source_id = $1 AND o.current AND p.state = $2 ORDER BY o.guid`,
    [source, state],
  );
  return rows;
}

describe('a run', () => {
  it('adds what is new and is finished with its last record', async () => {
    const job = await harvest();
    expect(job).toMatchObject({ status: 'Finished', stats: stats({ added: 3 }), gather_error_summary: [] });
    expect(job.finished).not.toBeNull();
    expect((await datasets()).map(({ guid }) => guid)).toEqual(['a', 'b', 'c']);
    expect(bench.queue).toEqual([]);
  });

  it('leaves alone what has not changed, updates what has, deletes what is gone', async () => {
    await harvest();
    const before = await datasets();
    listing.records = [{ guid: 'a' }, { guid: 'b', notes: 'new' }];
    expect((await harvest()).stats).toEqual(stats({ 'not modified': 1, updated: 1, deleted: 1 }));
    const after = await datasets();
    expect(after.map(({ id, guid, notes }) => [id, guid, notes])).toEqual([
      [before[0]?.id, 'a', ''],
      [before[1]?.id, 'b', 'new'],
    ]);
  });

  it('decides that nothing has changed without a single import', async () => {
    await harvest();
    let mapped = 0;
    listing.onMap = () => void mapped++;
    expect((await harvest()).stats).toEqual(stats({ 'not modified': 3 }));
    expect(mapped).toBe(0);
  });

  it('brings a record that was gone back as the dataset it was', async () => {
    await harvest();
    const [a] = await datasets();
    const all = listing.records;
    listing.records = all.slice(1);
    await harvest();
    expect(await datasets()).toHaveLength(2);
    listing.records = all;
    expect((await harvest()).stats).toMatchObject({ 'not modified': 2, updated: 1 });
    expect((await datasets())[0]).toMatchObject({ id: a?.id, name: a?.name });
  });

  it('renames a dataset with its title, and only then', async () => {
    listing.records = [{ guid: 'a', title: 'First title', notes: '1' }];
    await harvest();
    listing.records = [{ guid: 'a', title: 'First title', notes: '2' }];
    await harvest();
    expect((await datasets())[0]?.name).toBe('first-title');
    listing.records = [{ guid: 'a', title: 'Second title' }];
    await harvest();
    expect((await datasets())[0]?.name).toBe('second-title');
  });

  it('gives records of one title names of their own', async () => {
    listing.records = ['a', 'b', 'c'].map((guid) => ({ guid, title: 'Same' }));
    await harvest();
    expect((await datasets()).map(({ name }) => name)).toEqual(['same', 'same1', 'same2']);
  });

  it('takes a record that is listed twice once', async () => {
    listing.records = [{ guid: 'a' }, { guid: 'a' }, { guid: 'b' }];
    expect((await harvest()).stats).toEqual(stats({ added: 2 }));
  });

  it('survives a NUL in a record', async () => {
    listing.records = [{ guid: 'a\0', title: 'T\0' }];
    expect((await harvest()).status).toBe('Finished');
  });
});

describe('a record that fails', () => {
  it.each([
    ['validation', 'Import', "Invalid package with GUID b: {'title': ['Not good']}"],
    ['driver', 'Validation', 'No good record'],
    ['bug', 'Import', 'System error: no such property'],
  ] as const)('by %s has an error, and the others go on', async (fails, stage, message) => {
    listing.records = [{ guid: 'a' }, { guid: 'b', fails }, { guid: 'c' }];
    const job = await harvest();
    expect(job).toMatchObject({ status: 'Finished', stats: stats({ added: 2, errored: 1 }) });
    expect(job.object_error_summary).toEqual([{ message, error_count: 1 }]);
    const [row] = await db.rows(
      `SELECT e.stage FROM harvest_object_error e JOIN harvest_object o ON o.id = e.harvest_object_id WHERE o.harvest_job_id = $1`,
      [job.id],
    );
    expect(row).toEqual({ stage });
  });

  it('leaves its dataset and the record that is current for it as they were', async () => {
    await harvest();
    const before = await datasets();
    listing.records = [{ guid: 'a' }, { guid: 'b', fails: 'validation' }, { guid: 'c' }];
    await harvest();
    expect(await datasets()).toEqual(before);
  });
});

describe('a listing that breaks off', () => {
  it('ends the job with an error and deletes nothing', async () => {
    await harvest();
    listing.breaksAt = 1;
    const job = await harvest();
    expect(job).toMatchObject({
      status: 'Finished',
      stats: stats({ 'not modified': 0, errored: 1 }),
      gather_error_summary: [{ message: 'The listing broke off', error_count: 1 }],
    });
    expect(await datasets()).toHaveLength(3);
  });

  it('drops all that it had listed', async () => {
    listing.breaksAt = 2;
    expect((await harvest()).stats).toEqual(stats({ errored: 1 }));
    expect(await picture()).toEqual([]);
  });

  it('of an unknown type ends the job', async () => {
    bench = harvestBench(db, []);
    expect((await harvest()).gather_error_summary).toEqual([
      { message: 'System error - No harvester could be found for source type listed', error_count: 1 },
    ]);
  });
});

describe('the deletion guard', () => {
  const many = Array.from({ length: 30 }, (_, n) => ({ guid: String(n) }));

  it('holds back a mass deletion and says so', async () => {
    listing.records = many;
    await harvest();
    listing.records = many.slice(0, 15);
    const job = await harvest();
    expect(job.stats).toEqual(stats({ 'not modified': 15, errored: 1 }));
    expect(job.gather_error_summary?.[0]?.message).toBe('Deletion of 15 of 30 datasets held back');
    expect(await datasets()).toHaveLength(30);
    expect(
      await db.rows(`SELECT guid FROM portolan.harvest_held_deletion WHERE source_id = $1`, [source]),
    ).toHaveLength(15);
  });

  it('forgets what it held once the records are there again', async () => {
    listing.records = many;
    await harvest();
    listing.records = [];
    await harvest();
    listing.records = many;
    await harvest();
    expect(
      await db.rows(`SELECT guid FROM portolan.harvest_held_deletion WHERE source_id = $1`, [source]),
    ).toEqual([]);
  });

  it('lets a few go, and all when the source says so', async () => {
    listing.records = many;
    await harvest();
    listing.records = many.slice(0, 22);
    expect((await harvest()).stats['deleted']).toBe(8);
    await db.rows(`UPDATE harvest_source SET config = '{"deletion_guard": false}' WHERE id = $1`, [source]);
    listing.records = many.slice(0, 1);
    expect((await harvest()).stats['deleted']).toBe(21);
  });
});

/** A database that dies with its process: at the n-th transaction, before it begins or after its end. */
function mortal(n: number, moment: 'before' | 'after'): Db {
  let count = 0;
  let dead = false;
  const crash = () => {
    dead = true;
    throw new Error('killed');
  };
  return {
    ...db,
    rows: async (text, values) => (dead ? crash() : db.rows(text, values)),
    transact: async (work) => {
      if (dead) crash();
      const last = ++count === n;
      if (last && moment === 'before') crash();
      try {
        return await db.transact(work);
      } finally {
        if (last) crash();
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
  /** The catalogue refuses what `f` has become, so the records are imported one by one. */
  const second = [
    { guid: 'a' },
    { guid: 'b', notes: 'new' },
    { guid: 'd' },
    { guid: 'e' },
    { guid: 'f', fails: 'validation' as const },
  ];

  /** More than the transactions of a run; that it is more is tested. */
  const most = 24;
  let undisturbed: unknown;
  const unnamed = async () => (await picture()).map(({ name, ...rest }) => rest);

  beforeAll(async () => {
    source = 'never-killed';
    listing = { records: first, pageSize: 2, complete: true };
    bench = harvestBench(db, [listedDriver(listing)]);
    await addSource(db, { id: source, type: 'listed' });
    await harvest();
    listing.records = second;
    await harvest();
    undisturbed = await unnamed();
  });

  describe.each(['before', 'after'] as const)('%s a commit', (moment) => {
    /** The runs that were killed, of the first and of the second. */
    const killed: number[] = [];

    it.each(Array.from({ length: most }, (_, n) => n + 1))(
      'leaves nothing that the next one does not mend: the commit of transaction %i',
      async (n) => {
        for (const records of [first, second]) {
          listing.records = records;
          const id = await startJob(bench.site, source);
          const gather = testRun();
          const worker = testRun();
          const dying = { ...bench.site, db: mortal(n, moment) };
          for (const site of [dying, bench.site]) {
            try {
              await runGather(site, gather, id);
              while ((await runImport(site, worker, id)) > 0);
            } catch (error) {
              expect(error).toMatchObject({ message: 'killed' });
              killed.push(n);
            }
          }
          bench.queue.length = 0;
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

describe('several workers', () => {
  it('share a job without doing anything twice', async () => {
    listing.records = Array.from({ length: 300 }, (_, n) => ({ guid: String(n), title: 'Same' }));
    const counts = new Map<string, number>();
    listing.onMap = (guid) => void counts.set(guid, (counts.get(guid) ?? 0) + 1);
    const id = await startJob(bench.site, source);
    await runGather(bench.site, testRun(), id);
    const worker = async () => {
      const run = testRun();
      while ((await runImport(bench.site, run, id)) > 0);
    };
    await Promise.all([worker(), worker(), worker()]);
    await worker();
    expect((await outcome(id)).stats).toEqual(stats({ added: 300 }));
    expect([...counts.values()].every((n) => n === 1)).toBe(true);
    expect(new Set((await datasets()).map(({ name }) => name)).size).toBe(300);
  });

  it('that gather the same job: the later one has it, the earlier one stops', async () => {
    const id = await startJob(bench.site, source);
    let entered = false;
    listing.onGather = async () => {
      if (entered) return;
      entered = true;
      await runGather(bench.site, testRun(), id);
    };
    await runGather(bench.site, testRun(), id);
    await bench.drain();
    expect((await outcome(id)).stats).toEqual(stats({ added: 3 }));
  });

  it('that have lost their claim write nothing', async () => {
    const id = await startJob(bench.site, source);
    await runGather(bench.site, testRun(), id);
    listing.onMap = async () => {
      await db.rows(`UPDATE portolan.harvest_work SET claimed_by = 'another' WHERE job_id = $1`, [id]);
    };
    await runImport(bench.site, testRun(), id);
    expect(await datasets()).toEqual([]);
    expect((await outcome(id)).stats['null']).toBe(3);
  });
});

describe('an abort', () => {
  it('ends the job; work under way writes nothing any more', async () => {
    const id = await startJob(bench.site, source);
    // Those before are of a batch that is over.
    const guids = Array.from({ length: 60 }, (_, n) => `record ${String(n).padStart(2, '0')}`);
    listing.records = guids.map((guid) => ({ guid }));
    listing.onMap = async (guid) => {
      if (guid === guids[55]) await db.transact((tx) => abortJob(tx, bench.site, id));
    };
    await bench.drain();
    expect(await findJob(db, id)).toMatchObject({ status: 'Finished', finished: null });
    expect((await picture()).map(({ guid, state, report_status }) => [guid, state, report_status])).toEqual(
      guids.map((guid, n) => (n < 50 ? [guid, 'COMPLETE', 'added'] : [guid, 'ERROR', null])),
    );
    expect(await datasets()).toHaveLength(50);
  });

  it('stops a gathering at its next page', async () => {
    const id = await startJob(bench.site, source);
    listing.onGather = async (guid) => {
      if (guid === 'c') await db.transact((tx) => abortJob(tx, bench.site, source));
    };
    await bench.drain();
    expect((await outcome(id)).gather_finished).toBeNull();
    expect(await datasets()).toEqual([]);
  });
});

describe('a worker that is told to stop', () => {
  it('ends the record that it is at, and gives the others back uncounted', async () => {
    const stop = new AbortController();
    const job = await startJob(bench.site, source);
    await runGather(bench.site, testRun(), job);
    bench.queue.length = 0;
    listing.onMap = () => stop.abort();
    await runImport(bench.site, { ...testRun(), stopping: stop.signal }, job);
    expect((await outcome(job)).stats).toEqual(stats({ added: 1, null: 2 }));
    expect(
      await db.rows(
        `SELECT state, retry_times, claimed_by FROM harvest_object o JOIN portolan.harvest_work w ON w.object_id = o.id
         WHERE harvest_job_id = $1`,
        [job],
      ),
    ).toEqual(Array(2).fill({ state: 'WAITING', retry_times: 0, claimed_by: null }));
    // Whoever is next is asked for.
    expect(bench.queue).toEqual([{ job: 'harvest.import', key: job }]);
    await bench.drain();
    expect(await outcome(job)).toMatchObject({ status: 'Finished', stats: { added: 3 } });
  });
});
