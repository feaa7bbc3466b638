import type { Db } from '@portolan/db';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import { type ListedSource, listedSource, stats } from './testing/listed_source.ts';

let db: Db;
let at: ListedSource;

beforeAll(async () => {
  ({ db } = await testDatabase());
});

beforeEach(async () => {
  at = await listedSource(db);
});

describe('a run', () => {
  it('adds what is new and is finished with its last record', async () => {
    const job = await at.harvest();
    expect(job).toMatchObject({ status: 'Finished', stats: stats({ added: 3 }), gather_error_summary: [] });
    expect(job.finished).not.toBeNull();
    expect((await at.datasets()).map(({ guid }) => guid)).toEqual(['a', 'b', 'c']);
    expect(at.bench.queue).toEqual([]);
  });

  it('leaves alone what has not changed, updates what has, deletes what is gone', async () => {
    await at.harvest();
    const before = await at.datasets();
    at.listing.records = [{ guid: 'a' }, { guid: 'b', notes: 'new' }];
    expect((await at.harvest()).stats).toEqual(stats({ 'not modified': 1, updated: 1, deleted: 1 }));
    const after = await at.datasets();
    expect(after.map(({ id, guid, notes }) => [id, guid, notes])).toEqual([
      [before[0]?.id, 'a', ''],
      [before[1]?.id, 'b', 'new'],
    ]);
  });

  it('decides that nothing has changed without a single import', async () => {
    await at.harvest();
    let mapped = 0;
    at.listing.onMap = () => void mapped++;
    expect((await at.harvest()).stats).toEqual(stats({ 'not modified': 3 }));
    expect(mapped).toBe(0);
  });

  it('brings a record that was gone back as the dataset it was', async () => {
    await at.harvest();
    const [a] = await at.datasets();
    const all = at.listing.records;
    at.listing.records = all.slice(1);
    await at.harvest();
    expect(await at.datasets()).toHaveLength(2);
    at.listing.records = all;
    expect((await at.harvest()).stats).toMatchObject({ 'not modified': 2, updated: 1 });
    expect((await at.datasets())[0]).toMatchObject({ id: a?.id, name: a?.name });
  });

  it('renames a dataset with its title, and only then', async () => {
    at.listing.records = [{ guid: 'a', title: 'First title', notes: '1' }];
    await at.harvest();
    at.listing.records = [{ guid: 'a', title: 'First title', notes: '2' }];
    await at.harvest();
    expect((await at.datasets())[0]?.name).toBe('first-title');
    at.listing.records = [{ guid: 'a', title: 'Second title' }];
    await at.harvest();
    expect((await at.datasets())[0]?.name).toBe('second-title');
  });

  it('gives records of one title names of their own', async () => {
    at.listing.records = ['a', 'b', 'c'].map((guid) => ({ guid, title: 'Same' }));
    await at.harvest();
    expect((await at.datasets()).map(({ name }) => name)).toEqual(['same', 'same1', 'same2']);
  });

  it('takes a record that is listed twice once', async () => {
    at.listing.records = [{ guid: 'a' }, { guid: 'a' }, { guid: 'b' }];
    expect((await at.harvest()).stats).toEqual(stats({ added: 2 }));
  });

  it('survives a NUL in a record', async () => {
    at.listing.records = [{ guid: 'a\0', title: 'T\0' }];
    expect((await at.harvest()).status).toBe('Finished');
  });
});

describe('a record that fails', () => {
  it.each([
    ['validation', 'Import', "Invalid package with GUID b: {'title': ['Not good']}"],
    ['driver', 'Validation', 'No good record'],
    ['bug', 'Import', 'System error: no such property'],
  ] as const)('by %s has an error, and the others go on', async (fails, stage, message) => {
    at.listing.records = [{ guid: 'a' }, { guid: 'b', fails }, { guid: 'c' }];
    const job = await at.harvest();
    expect(job).toMatchObject({ status: 'Finished', stats: stats({ added: 2, errored: 1 }) });
    expect(job.object_error_summary).toEqual([{ message, error_count: 1 }]);
    const [row] = await db.rows(
      `SELECT e.stage FROM harvest_object_error e JOIN harvest_object o ON o.id = e.harvest_object_id WHERE o.harvest_job_id = $1`,
      [job.id],
    );
    expect(row).toEqual({ stage });
  });

  it('leaves its dataset and the record that is current for it as they were', async () => {
    await at.harvest();
    const before = await at.datasets();
    at.listing.records = [{ guid: 'a' }, { guid: 'b', fails: 'validation' }, { guid: 'c' }];
    await at.harvest();
    expect(await at.datasets()).toEqual(before);
  });
});

describe('a listing that breaks off', () => {
  it('ends the job with an error and deletes nothing', async () => {
    await at.harvest();
    at.listing.breaksAt = 1;
    const job = await at.harvest();
    expect(job).toMatchObject({
      status: 'Finished',
      stats: stats({ 'not modified': 0, errored: 1 }),
      gather_error_summary: [{ message: 'The listing broke off', error_count: 1 }],
    });
    expect(await at.datasets()).toHaveLength(3);
  });

  it('drops all that it had listed', async () => {
    at.listing.breaksAt = 2;
    expect((await at.harvest()).stats).toEqual(stats({ errored: 1 }));
    expect(await at.picture()).toEqual([]);
  });

  it('of an unknown type ends the job', async () => {
    at = await listedSource(db, {}, []);
    expect((await at.harvest()).gather_error_summary).toEqual([
      { message: 'System error - No harvester could be found for source type listed', error_count: 1 },
    ]);
  });
});

describe('the deletion guard', () => {
  const many = Array.from({ length: 30 }, (_, n) => ({ guid: String(n) }));

  it('holds back a mass deletion and says so', async () => {
    at.listing.records = many;
    await at.harvest();
    at.listing.records = many.slice(0, 15);
    const job = await at.harvest();
    expect(job.stats).toEqual(stats({ 'not modified': 15, errored: 1 }));
    expect(job.gather_error_summary?.[0]?.message).toBe('Deletion of 15 of 30 datasets held back');
    expect(await at.datasets()).toHaveLength(30);
    expect(
      await db.rows(`SELECT guid FROM portolan.harvest_held_deletion WHERE source_id = $1`, [at.id]),
    ).toHaveLength(15);
  });

  it('forgets what it held once the records are there again', async () => {
    at.listing.records = many;
    await at.harvest();
    at.listing.records = [];
    await at.harvest();
    at.listing.records = many;
    await at.harvest();
    expect(
      await db.rows(`SELECT guid FROM portolan.harvest_held_deletion WHERE source_id = $1`, [at.id]),
    ).toEqual([]);
  });

  it('lets a few go, and all when the source says so', async () => {
    at.listing.records = many;
    await at.harvest();
    at.listing.records = many.slice(0, 22);
    expect((await at.harvest()).stats['deleted']).toBe(8);
    await db.rows(`UPDATE harvest_source SET config = '{"deletion_guard": false}' WHERE id = $1`, [at.id]);
    at.listing.records = many.slice(0, 1);
    expect((await at.harvest()).stats['deleted']).toBe(21);
  });
});
