import type { Db } from '@portolan/db';
import { systemRuntime, timestamp } from '@portolan/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { runSchedule } from '../schedule/schedule.ts';
import { dyingDb } from '../testing/dying_db.ts';
import { testRun } from '../testing/harvest_bench.ts';
import { type ListedSource, listedSource } from '../testing/listed_source.ts';
import { abortPreview } from './abort.ts';
import { runPreview } from './preview.job.ts';
import { forgetOldPreviews, requestPreview } from './preview.repo.ts';
import { showPreview } from './show.ts';

let db: Db;
beforeAll(async () => {
  ({ db } = await testDatabase());
});

const day = 86_400_000;
const many = (count: number) => Array.from({ length: count }, (_, n) => ({ guid: `r${1000 + n}` }));
const ask = ({ id, bench }: ListedSource, limit = 1_000_000) =>
  db.transact((tx) => requestPreview(tx, bench.site, id, limit));
const show = (id: string, page = {}) =>
  showPreview(db, id, systemRuntime.now(), { action: undefined, limit: 1000, offset: 0, ...page });
const everything = () =>
  db.rows(`SELECT (SELECT json_agg(p ORDER BY id) FROM package p) AS packages,
    (SELECT json_agg(o ORDER BY id) FROM harvest_object o) AS objects,
    (SELECT json_agg(j ORDER BY id) FROM harvest_job j) AS jobs`);
const named = ({ records }: Awaited<ReturnType<typeof show>>) =>
  records.map(({ action, guid }) => `${action} ${guid}`);

describe('a preview that nobody waits for', () => {
  it('is done by a worker, changes nothing, and is read page by page', async () => {
    const at = await listedSource(db, { records: [...many(20), { guid: 'x' }] });
    await at.harvest();
    at.listing.records = [...many(19), { guid: 'new' }, { guid: 'x', notes: 'other' }];
    const before = await everything();
    const id = await ask(at);
    expect(await show(id)).toMatchObject({ state: 'waiting', summary: { create: 0 }, records: [] });
    await at.bench.drain();
    expect(await everything()).toEqual(before);
    expect(await show(id)).toMatchObject({
      state: 'finished',
      error: null,
      abridged: false,
      summary: { create: 1, update: 1, unchanged: 19, delete: 1, error: 0, complete: true, held: false },
    });
    expect(named(await show(id, { limit: 2, offset: 18 }))).toEqual(['unchanged r1018', 'create new']);
    expect((await show(id, { action: 'update' })).records).toMatchObject([
      { guid: 'x', reason: 'content changed', changes: [{ field: 'notes', before: null, after: 'other' }] },
    ]);
    expect(named(await show(at.id, { action: 'delete' }))).toEqual(['delete r1019']);
  });

  it.each([0, 1, 2, 3, 7])(
    'goes on where it was when its process is killed before transaction %i of it',
    async (killedAt) => {
      const at = await listedSource(db, { records: many(6) });
      await at.harvest();
      at.listing.records = [...many(5).map((record) => ({ ...record, notes: 'other' })), { guid: 'new' }];
      const id = await ask(at);
      at.bench.queue.length = 0;
      const { db: own, die } = dyingDb(db);
      let count = 0;
      const dying: Db = {
        ...own,
        transact: async (work) => (count++ === killedAt ? die() : own.transact(work)),
      };
      await expect(runPreview({ ...at.bench.site, db: dying }, testRun(), id)).rejects.toThrow('killed');
      await runPreview(at.bench.site, testRun(), id);
      const shown = await show(id);
      expect(shown).toMatchObject({ state: 'finished', summary: { create: 1, update: 5, delete: 1 } });
      expect(named(shown).sort()).toEqual([
        'create new',
        'delete r1005',
        ...many(5).map(({ guid }) => `update ${guid}`),
      ]);
    },
  );

  it('does not look again at the pages before the one that was being read', async () => {
    const at = await listedSource(db, { records: many(10) });
    const id = await ask(at);
    const { db: own, die } = dyingDb(db);
    const mapped: string[] = [];
    at.listing.onMap = (guid) => void mapped.push(guid);
    at.listing.onGather = (guid) => (guid === 'r1006' ? die() : undefined);
    await expect(runPreview({ ...at.bench.site, db: own }, testRun(), id)).rejects.toThrow('killed');
    delete at.listing.onGather;
    await runPreview(at.bench.site, testRun(), id);
    expect(mapped).toEqual(many(10).map(({ guid }) => guid));
    expect(await show(id)).toMatchObject({ state: 'finished', summary: { create: 10 } });
  });

  it('is the one that is under way when it is asked for twice; another limit is another', async () => {
    const at = await listedSource(db, { records: many(4) });
    const [one, two, other] = [await ask(at), await ask(at), await ask(at, 2)];
    expect(two).toBe(one);
    expect(other).not.toBe(one);
    await Promise.all([one, other].map((id) => runPreview(at.bench.site, testRun(), id)));
    expect(await show(one)).toMatchObject({ state: 'finished', summary: { create: 4, complete: true } });
    expect(await show(other)).toMatchObject({ state: 'finished', summary: { create: 2, complete: false } });
    expect(await ask(at)).not.toBe(one);
  });

  it('stays as it is once it was aborted', async () => {
    const at = await listedSource(db, { records: many(10) });
    const id = await ask(at);
    at.listing.onGather = async (guid) => {
      if (guid === 'r1004') await db.transact((tx) => abortPreview(tx, id, systemRuntime.now()));
    };
    await at.bench.drain();
    expect(await show(id)).toMatchObject({ state: 'aborted', summary: { create: 4, complete: false } });
    await runPreview(at.bench.site, testRun(), id);
    expect((await show(id)).records).toHaveLength(4);
  });

  it('is gone with its source', async () => {
    const at = await listedSource(db, { records: many(10) });
    const id = await ask(at);
    at.listing.onGather = async (guid) => {
      if (guid === 'r1004') await db.rows(`DELETE FROM harvest_source WHERE id = $1`, [at.id]);
    };
    await at.bench.drain();
    await expect(show(id)).rejects.toMatchObject({ code: 'notFound' });
  });

  it('tells why it failed', async () => {
    const at = await listedSource(db, {}, []);
    const id = await ask(at);
    await at.bench.drain();
    expect(await show(id)).toMatchObject({ state: 'failed', error: expect.stringContaining('No harvester') });
  });

  it('holds what a remote made of NULs and of endless values', async () => {
    const at = await listedSource(db, { records: [{ guid: 'a\0b', title: 'x'.repeat(100_000) }] });
    const id = await ask(at);
    await at.bench.drain();
    const [record] = (await show(id)).records;
    expect(record).toMatchObject({ guid: 'ab' });
    expect(JSON.stringify(record).length).toBeLessThan(5000);
  });

  it('is forgotten a week after its end', async () => {
    const at = await listedSource(db, { records: many(3) });
    const id = await ask(at);
    await at.bench.drain();
    await db.rows(`UPDATE portolan.harvest_preview SET finished = $2 WHERE id = $1`, [
      id,
      timestamp(systemRuntime.now() - 7 * day - 1000),
    ]);
    await expect(show(id)).rejects.toMatchObject({ code: 'notFound' });
    expect(await forgetOldPreviews(at.bench.site)).toBe(4);
    expect(await db.rows(`SELECT FROM portolan.harvest_preview WHERE id = $1`, [id])).toEqual([]);
  });

  it('leaves a source no more than its ten newest', async () => {
    const at = await listedSource(db, { records: [] });
    const ids: string[] = [];
    for (let n = 0; n < 12; n++) {
      ids.push(await ask(at));
      await at.bench.drain();
    }
    await expect(show(ids[0]!)).rejects.toMatchObject({ code: 'notFound' });
    expect(await show(ids[2]!)).toMatchObject({ state: 'finished' });
  });
});

describe('a round of scheduling', () => {
  it('asks again for a preview that the queue knows nothing of, and ends one that it has given up', async () => {
    const at = await listedSource(db);
    const [lost, given] = [await ask(at), await ask(at, 1)];
    at.bench.queue.length = 0;
    await db.rows(
      `INSERT INTO portolan.job (queue, name, key, max_attempts, state, error, finished)
       VALUES ('harvest-preview', 'harvest.preview', $1, 5, 'failed', 'the worker did not come back', now())`,
      [given],
    );
    await runSchedule(at.bench.site);
    expect(at.bench.queue).toContainEqual({ job: 'harvest.preview', key: lost });
    expect(await show(given)).toMatchObject({
      state: 'failed',
      error: 'Given up after 5 attempts: the worker did not come back',
    });
  });
});
