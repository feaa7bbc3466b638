import type { Db } from '@portolan/db';
import fc from 'fast-check';
import type { Client } from 'pg';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { isoRecord } from '../../../test/harness/iso_record.ts';
import { jobChanges } from '../job/changes.ts';
import { addSource, type Bench, harvestBench, startJob, testRun } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import { remoteBench } from '../testing/remote_bench.ts';
import { contentHash } from '../text/deterministic_id.ts';
import { recordDocument } from './document.ts';
import { showObject } from './object.presenter.ts';
import { runReimport } from './reimport.job.ts';
import { lockHolders, shareContents } from './same_content.repo.ts';

let db: Db;
let bench: Bench;
let listing: Listing;
let source: string;
let sources = 0;
const open: Client[] = [];

beforeAll(async () => {
  ({ db } = await testDatabase());
});
beforeEach(async () => {
  source = `same-${sources++}`;
  listing = { records: [{ guid: 'a' }, { guid: 'b' }], pageSize: 10, complete: true };
  bench = harvestBench(db, [listedDriver(listing)]);
  await addSource(db, { id: source, type: 'listed' });
});
afterEach(async () => {
  for (const session of open.splice(0)) await session.end();
});

async function harvest(times = 1): Promise<string> {
  let job = '';
  for (let n = 0; n < times; n++) {
    job = await startJob(bench.site, source);
    await bench.drain();
  }
  return job;
}

interface Stored {
  id: string;
  current: boolean;
  /** What stands in its own row. */
  own: string | null;
  content: string | null;
  holder: string | null;
}

/** Records of one GUID, in the order in which they were gathered. */
const rowsOf = (guid: string): Promise<Stored[]> =>
  db.rows<Stored>(
    `SELECT o.id, o.current, o.content AS own, portolan.harvest_content(o.id) AS content, s.holder_id AS holder
     FROM harvest_object o LEFT JOIN portolan.harvest_same_content s ON s.object_id = o.id
     WHERE o.harvest_source_id = $1 AND o.guid = $2 ORDER BY o.gathered, o.id`,
    [source, guid],
  );

const text = JSON.stringify({ guid: 'a' });

/** A session beside those of the pool, as an operator or CKAN has one. */
async function session(): Promise<Client> {
  const opened = await db.session();
  open.push(opened);
  return opened;
}

/** Waits until a statement of the session waits for somebody else's lock. */
async function blocked(waiting: Client): Promise<void> {
  const { processID } = waiting as unknown as { processID: number };
  for (;;) {
    const [row] = await db.rows<{ n: number }>(`SELECT cardinality(pg_blocking_pids($1)) AS n`, [processID]);
    if (row && row.n > 0) return;
  }
}

describe('a record that has not changed', () => {
  it('has the text of the current one, which is stored once', async () => {
    const job = await harvest(3);
    const [first, ...others] = await rowsOf('a');
    expect(first).toMatchObject({ current: true, own: text, holder: null });
    expect(others).toHaveLength(2);
    for (const other of others) {
      expect(other).toMatchObject({ current: false, own: null, content: text, holder: first?.id });
      expect(await showObject(db, 'id', other.id)).toMatchObject({
        content: text,
        report_status: 'not modified',
      });
      expect((await recordDocument(db, other.id))?.body.toString()).toBe(text);
    }
    const changes = await jobChanges(db, job, { limit: 10, offset: 0 });
    expect(changes.map(({ reason }) => reason)).toEqual(['same content', 'same content']);
  });

  it('has its own text when the current one was given another by hand', async () => {
    await harvest();
    await db.rows(`UPDATE harvest_object SET content = '{}' WHERE harvest_source_id = $1`, [source]);
    await harvest();
    expect((await rowsOf('a')).map(({ own }) => own)).toEqual(['{}', text]);
  });

  it('gives its text up at the end of its job when it had to be fetched to know', async () => {
    const at = await remoteBench(db);
    const page = isoRecord({ guid: at.newGuid() });
    at.remote.pages = { '/waf/': '<a href="a.xml">a</a>', '/waf/a.xml': page };
    const folder = await at.newSource('waf', '/waf/', { conditional_requests: false });
    await at.harvest(folder);
    await at.harvest(folder);
    await at.close();
    const rows = await db.rows(
      `SELECT report_status, content IS NULL AS shared, portolan.harvest_content(id) = $2 AS same
       FROM harvest_object WHERE harvest_source_id = $1 ORDER BY gathered`,
      [folder, page],
    );
    expect(rows).toEqual([
      { report_status: 'added', shared: false, same: true },
      { report_status: 'not modified', shared: true, same: true },
    ]);
  });
});

describe('the text of a record stays for those that share it', () => {
  const holderOf = async () => (await rowsOf('a'))[0]?.id ?? '';

  it.each<[what: string, remove: () => Promise<unknown>]>([
    ['is deleted', async () => db.rows(`DELETE FROM harvest_object WHERE id = $1`, [await holderOf()])],
    [
      'goes with its dataset',
      () =>
        db.rows(
          `DELETE FROM package WHERE id IN (SELECT package_id FROM harvest_object WHERE harvest_source_id = $1)`,
          [source],
        ),
    ],
    [
      'goes with its job',
      async () =>
        db.rows(
          `DELETE FROM harvest_job WHERE id IN (SELECT harvest_job_id FROM harvest_object WHERE id = $1)`,
          [await holderOf()],
        ),
    ],
    [
      'is emptied',
      async () => db.rows(`UPDATE harvest_object SET content = NULL WHERE id = $1`, [await holderOf()]),
    ],
    [
      'gets another one',
      async () => db.rows(`UPDATE harvest_object SET content = 'new' WHERE id = $1`, [await holderOf()]),
    ],
    [
      'is emptied with all others',
      () => db.rows(`UPDATE harvest_object SET content = NULL WHERE harvest_source_id = $1`, [source]),
    ],
  ])('when it %s', async (_, remove) => {
    await harvest(4);
    const holder = await holderOf();
    await remove();
    const others = (await rowsOf('a')).filter(({ id }) => id !== holder);
    expect(others.map(({ content }) => content)).toEqual([text, text, text]);
    // The newest has it now, for the others too.
    const newest = others.at(-1);
    expect(others.map(({ own }) => own)).toEqual([null, null, text]);
    expect(others.map((one) => one.holder)).toEqual([newest?.id, newest?.id, null]);
  });

  it('one after the other', async () => {
    await harvest(5);
    for (let left = 4; left > 0; left--) {
      const holder = (await rowsOf('a')).find(({ own }) => own !== null);
      await db.rows(`DELETE FROM harvest_object WHERE id = $1`, [holder?.id]);
      expect((await rowsOf('a')).map(({ content }) => content)).toEqual(Array(left).fill(text));
    }
  });

  it.each([
    ['harvest_object', 'harvest_source_id'],
    ['harvest_job', 'source_id'],
    ['harvest_source', 'id'],
  ])('and nothing is in the way of deleting all of them from %s at once', async (table, column) => {
    await harvest(3);
    await db.rows(`DELETE FROM ${table} WHERE ${column} = $1`, [source]);
    expect(await rowsOf('a')).toEqual([]);
  });
});

describe('a record that becomes current', () => {
  it.each<[how: string, make: (id: string) => Promise<unknown>]>([
    ['by another import', (id) => runReimport(bench.site, testRun(), { objectId: id, join: false })],
    [
      'by hand',
      (id) =>
        db.transact(async (tx) => {
          await tx.rows(`UPDATE harvest_object SET current = false WHERE harvest_source_id = $1`, [source]);
          await tx.rows(`UPDATE harvest_object SET current = true WHERE id = $1`, [id]);
        }),
    ],
  ])('%s has its text in its own row', async (_, make) => {
    await harvest(2);
    const [, shared] = await rowsOf('a');
    await make(shared?.id ?? '');
    const [before, after] = await rowsOf('a');
    expect(after).toMatchObject({ current: true, own: text, holder: null });
    expect(before).toMatchObject({ current: false, content: text });
  });
});

describe('at the same time', () => {
  /** A record of a later job without a text, which is to have that of `holder`. */
  async function sharing(on: Client, holder: string, id: string): Promise<number> {
    const tx = {
      rows: async (sql: string, values: unknown[]) => (await on.query(sql, values)).rows,
    } as never;
    const prepared = {
      ...(tx as object),
      prepared: (_: string, sql: string, values: unknown[]) => (tx as Db).rows(sql, values),
    } as never;
    await on.query(
      `INSERT INTO harvest_object (id, guid, current, gathered, state, report_status, harvest_job_id, harvest_source_id)
       SELECT $2, guid, false, now(), 'COMPLETE', 'not modified', harvest_job_id, harvest_source_id FROM harvest_object WHERE id = $1`,
      [holder, id],
    );
    const held = await lockHolders(prepared, [{ id: holder, contentHash: contentHash(text) }]);
    await shareContents(tx, held.has(holder) ? [{ id, holder }] : []);
    return held.size;
  }
  const remove = (on: Client, id: string | undefined) =>
    on.query(`DELETE FROM harvest_object WHERE id = $1`, [id]);

  it('a deletion waits for who shares its text, and hands it on', async () => {
    await harvest();
    const [holder] = await rowsOf('a');
    const [job, operator] = [await session(), await session()];
    await job.query('BEGIN');
    expect(await sharing(job, holder?.id ?? '', `${source}-late`)).toBe(1);
    const deletion = remove(operator, holder?.id);
    await blocked(operator);
    await job.query('COMMIT');
    await deletion;
    expect(await rowsOf('a')).toMatchObject([{ id: `${source}-late`, own: text }]);
  });

  it('a job stores the text itself when the record that has it is being deleted', async () => {
    await harvest();
    const [holder] = await rowsOf('a');
    const operator = await session();
    await operator.query('BEGIN');
    await remove(operator, holder?.id);
    const id = await startJob(bench.site, source);
    await bench.drain();
    await operator.query('COMMIT');
    expect(await rowsOf('a')).toMatchObject([{ own: text, holder: null }]);
    expect(await db.rows(`SELECT FROM harvest_object WHERE harvest_job_id = $1`, [id])).toHaveLength(2);
  });

  it('a deletion of the heir waits for the text that it gets, and hands it on', async () => {
    await harvest(3);
    const [holder, other, heir] = await rowsOf('a');
    const [first, second] = [await session(), await session()];
    await first.query('BEGIN');
    await remove(first, holder?.id);
    const deletion = remove(second, heir?.id);
    await blocked(second);
    await first.query('COMMIT');
    await deletion;
    expect(await rowsOf('a')).toMatchObject([{ id: other?.id, own: text, holder: null }]);
  });

  it('a deletion whose heir goes away finds another one', async () => {
    await harvest(3);
    const [holder, other, heir] = await rowsOf('a');
    const [first, second] = [await session(), await session()];
    await first.query('BEGIN');
    await remove(first, heir?.id);
    const deletion = remove(second, holder?.id);
    await blocked(second);
    await first.query('COMMIT');
    await deletion;
    expect(await rowsOf('a')).toMatchObject([{ id: other?.id, own: text, holder: null }]);
  });

  it('a deletion that is taken back leaves the text where it was', async () => {
    await harvest(2);
    const before = await rowsOf('a');
    const operator = await session();
    await operator.query('BEGIN');
    await remove(operator, before[0]?.id);
    await operator.query('ROLLBACK');
    expect(await rowsOf('a')).toEqual(before);
  });

  it('a deletion that cannot see who shares the text fails, and the text stays', async () => {
    await harvest();
    const [holder] = await rowsOf('a');
    const operator = await session();
    await operator.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await operator.query('SELECT FROM harvest_object LIMIT 1');
    await harvest();
    await remove(operator, holder?.id);
    await expect(operator.query('COMMIT')).rejects.toMatchObject({ code: '23503' });
    expect((await rowsOf('a')).map(({ content }) => content)).toEqual([text, text]);
  });

  it('records are harvested, deleted, emptied and made current in any order, and none loses its text', async () => {
    const workers = await Promise.all(Array.from({ length: 4 }, session));
    const { seed = 7 } = fc.readConfigureGlobal();
    const steps = fc.sample(fc.record({ what: fc.constantFrom(...Object.keys(doing)), pick: fc.nat() }), {
      numRuns: 240,
      seed,
    });
    await harvest(6);
    await Promise.all(
      workers.map(async (on, n) => {
        for (const step of steps.slice(n * 60, (n + 1) * 60)) await inOne(on, step);
      }),
    );
    const left = await rowsOf('a');
    const lost = left.filter(({ id, content }) => content !== text && !emptied.has(id));
    expect(lost, `PORTOLAN_TEST_SEED=${seed}`).toEqual([]);
    const borrowing = left.filter(({ current, own, id }) => current && own === null && !emptied.has(id));
    expect(borrowing, `PORTOLAN_TEST_SEED=${seed}`).toEqual([]);
    expect(shares, `PORTOLAN_TEST_SEED=${seed}`).toBeGreaterThan(0);
  });

  /** Emptied by hand: they have lost their own text, and nobody else's. */
  const emptied = new Set<string>();
  let made = 0;
  let shares = 0;

  /** What a session does with the records of the GUID, all of them and one among them. */
  const doing: Record<string, (on: Client, all: string[], one: string, pick: number) => Promise<void>> = {
    async share(on, all) {
      const id = `${source}-made-${made++}`;
      const { rows } = await on.query<{ id: string }>(
        `SELECT id FROM harvest_object WHERE id = ANY ($1) AND content IS NOT NULL LIMIT 1`,
        [all],
      );
      const holder = rows[0]?.id ?? all[0];
      if (!holder) return await gatherAnew(on, id);
      const held = await sharing(on, holder, id);
      shares += held;
      if (held === 0) await on.query(`UPDATE harvest_object SET content = $2 WHERE id = $1`, [id, text]);
    },
    shareAgain: (on, all, one, pick) => doing['share']!(on, all, one, pick),
    shareOnceMore: (on, all, one, pick) => doing['share']!(on, all, one, pick),
    delete: async (on, _all, one) => void (await remove(on, one)),
    async deleteSeveral(on, all, _one, pick) {
      await on.query(`DELETE FROM harvest_object WHERE id = ANY ($1)`, [all.slice(0, pick % 4)]);
    },
    async empty(on, _all, one) {
      const { rowCount } = await on.query(
        `UPDATE harvest_object SET content = NULL WHERE id = $1 AND content IS NOT NULL`,
        [one],
      );
      if (rowCount) emptied.add(one);
    },
    async makeCurrent(on, _all, one) {
      await on.query(`UPDATE harvest_object SET current = NOT current WHERE id = $1`, [one]);
    },
  };

  /** With a text of its own: all before it have been deleted, and without it nothing would ever be shared again. */
  async function gatherAnew(on: Client, id: string): Promise<void> {
    await on.query(
      `INSERT INTO harvest_object (id, guid, current, gathered, state, report_status, content, harvest_job_id, harvest_source_id)
       SELECT $1, 'a', false, now(), 'COMPLETE', 'added', $2, id, source_id FROM harvest_job WHERE source_id = $3 LIMIT 1`,
      [id, text, source],
    );
  }

  async function inOne(on: Client, { what, pick }: { what: string; pick: number }): Promise<void> {
    const all = (await rowsOf('a')).map(({ id }) => id);
    await on.query('BEGIN');
    try {
      await doing[what]?.(on, all, all[pick % all.length] ?? '', pick);
      await on.query('COMMIT');
    } catch (error) {
      await on.query('ROLLBACK');
      // Deletions in any order may meet head-on: one of them is sent back, as always.
      if ((error as { code?: string }).code !== '40P01') throw error;
    }
  }
});
