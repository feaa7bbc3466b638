import { silentLogger } from '@portolan/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/harness/database.ts';
import { type Db, openDatabase } from './database.ts';

let db: Db;
beforeAll(async () => {
  ({ db } = await testDatabase());
});

const insertTag = `INSERT INTO tag (id, name) VALUES ($1::text, $1::text)`;
const countTags = async () => (await db.rows<{ n: number }>('SELECT count(*) AS n FROM tag'))[0]?.n;

describe('a transaction', () => {
  it('does last what was put off to its end, and nothing of it when its work throws', async () => {
    const told: string[] = [];
    const work = (fails: boolean) =>
      db.transact(async (tx) => {
        tx.beforeCommit(async () => {
          await tx.rows(insertTag, ['put off']);
          told.push('last');
        });
        tx.afterCommit(() => void told.push('committed'));
        if (fails) throw new Error('stop');
        told.push('work');
      });
    await expect(work(true)).rejects.toThrow('stop');
    expect(told).toEqual([]);
    await work(false);
    expect(told).toEqual(['work', 'last', 'committed']);
    expect(await countTags()).toBe(1);
    await db.rows('DELETE FROM tag');
  });

  it('leaves nothing when its work throws, and tells who waits for the roll-back', async () => {
    const told: string[] = [];
    const work = db.transact(async (tx) => {
      tx.afterCommit(() => void told.push('committed'));
      tx.afterRollback(() => void told.push('undone'));
      await tx.rows(insertTag, ['undone']);
      throw new Error('stop');
    });
    await expect(work).rejects.toThrow('stop');
    expect(told).toEqual(['undone']);
    expect(await countTags()).toBe(0);
  });

  it('is tried again after a deadlock', async () => {
    await db.rows(insertTag, ['one']);
    await db.rows(insertTag, ['two']);
    let tries = 0;
    let ready = 0;
    let wake: () => void = () => {};
    const both = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const touch = (first: string, second: string) =>
      db.transact(async (tx) => {
        tries++;
        await tx.rows('UPDATE tag SET name = name WHERE id = $1', [first]);
        if (++ready >= 2) wake();
        await both;
        await tx.rows('UPDATE tag SET name = name WHERE id = $1', [second]);
      });
    await Promise.all([touch('one', 'two'), touch('two', 'one')]);
    expect(tries).toBeGreaterThan(2);
  });

  it('fails alone when its session is ended between two statements', async () => {
    const broken = db.transact(async (tx) => {
      const [row] = await tx.rows<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await db.rows('SELECT pg_terminate_backend($1, 5000)', [row!.pid]);
      await tx.rows(insertTag, ['lost']);
    });
    await expect(broken).rejects.toThrow();
    expect(await db.transact((tx) => tx.rows(`SELECT FROM tag WHERE name = 'lost'`))).toEqual([]);
  });

  it('keeps microseconds of a timestamp', async () => {
    const [row] = await db.rows<{ t: string }>(`SELECT timestamp '2024-05-01 10:20:30.123456' AS t`);
    expect(row?.t).toBe('2024-05-01 10:20:30.123456');
  });
});

describe('the closed gate', () => {
  it('waits for a transaction under way, then refuses writes in and outside transactions', async () => {
    const order: string[] = [];
    let finish: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let started: () => void = () => {};
    const begun = new Promise<void>((resolve) => {
      started = resolve;
    });
    const writing = db
      .transact(async (tx) => {
        await tx.rows(insertTag, ['late']);
        started();
        await held;
      })
      .then(() => order.push('written'));
    await begun;
    const closing = db.setReadOnly(true).then(() => order.push('closed'));
    finish();
    await Promise.all([writing, closing]);
    expect(order).toEqual(['written', 'closed']);
    await expect(db.transact(async (tx) => tx.rows(insertTag, ['no']))).rejects.toMatchObject({
      code: 'readOnly',
    });
    await expect(db.rows(insertTag, ['no'])).rejects.toMatchObject({ code: '25006' });
    expect(await countTags()).toBe(3);
    await db.setReadOnly(false);
    await db.transact(async (tx) => tx.rows(insertTag, ['yes']));
    expect(await countTags()).toBe(4);
  });
});

describe('a database that is away', () => {
  it('is told as such to reads and writes alike', async () => {
    // Port 1 of the loopback address: nobody listens there.
    const url = 'postgresql://ckan@127.0.0.1:1/ckan';
    const away = openDatabase({ url, application: 'ckan-test', poolSize: 1, logger: silentLogger });
    await expect(away.rows('SELECT 1')).rejects.toMatchObject({ code: 'busy', status: 503 });
    await expect(away.transact(async (tx) => tx.rows('SELECT 1'))).rejects.toMatchObject({ code: 'busy' });
    await away.close();
  });
});
