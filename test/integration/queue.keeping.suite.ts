import { silentLogger as logger } from '@portolan/kernel';
import { emptyQueues, enqueueAll, queueDepth } from '@portolan/queue';
import { expect, test, vi } from 'vitest';
import { openBackend } from '../../packages/queue/backend/open.ts';
import { pruneJobs } from '../../packages/queue/reconcile.ts';
import { type QueueSetting, second } from './queue.setting.ts';

/** What the queue keeps, forgets and tells. */
export function keepingSuite(queue: QueueSetting): void {
  const { declare, work, relay, ask, ended, handedOut } = queue;

  test('messages that the storage lost are given again', async () => {
    const job = declare(async () => {}, { bundle: 4 });
    await relay(job);
    const keys = Array.from({ length: 1200 }, (_, index) => ({ key: `k${index}` }));
    const ids = await queue.db.transact((tx) => enqueueAll(tx, job, keys));
    await Promise.all(ids.slice(-1).map(handedOut));
    await queue.wipe();
    await work(job);
    await vi.waitFor(
      async () => {
        const [done] = await queue.db.rows<{ count: number }>(
          `SELECT count(*) FROM portolan.job WHERE state = 'done'`,
        );
        expect(done!.count).toBe(ids.length);
      },
      { timeout: 100 * second },
    );
  });

  test('messages that merely wait for a worker are not doubled by reminding', async () => {
    const job = declare(async () => {});
    const id = await ask(job);
    await relay();
    await handedOut(id);
    const at = async () =>
      (
        await queue.db.rows<{ at: Date }>('SELECT enqueued_at AS at FROM portolan.job WHERE id = $1', [id])
      )[0]!.at;
    const first = await at();
    await expect.poll(at, { timeout: 60 * second }).not.toEqual(first);
    const backend = openBackend(queue.config, 0, logger);
    await expect.poll(() => backend.waiting(job.queue)).toBe(1);
    await backend.close();
  });

  test('jobs done a week ago and failed a month ago are forgotten with their logs, others are kept', async () => {
    const job = declare(async () => {});
    const ages: [string, string][] = [
      ['done', '8 days'],
      ['done', '6 days'],
      ['cancelled', '8 days'],
      ['failed', '8 days'],
      ['failed', '31 days'],
    ];
    for (const [state, age] of ages) {
      const id = await ask(job, `${state} ${age}`);
      await queue.db.rows(
        `UPDATE portolan.job SET state = $2, finished = now() - $3::interval WHERE id = $1`,
        [id, state, age],
      );
      await queue.db.rows(`INSERT INTO portolan.job_log (job_id, level, message) VALUES ($1, 'info', $2)`, [
        id,
        age,
      ]);
    }
    await ask(job, 'waiting');
    await pruneJobs(queue.db);
    const kept = await queue.db.rows('SELECT key FROM portolan.job ORDER BY key');
    expect(kept).toEqual([{ key: 'done 6 days' }, { key: 'failed 8 days' }, { key: 'waiting' }]);
    expect(await queue.db.rows('SELECT message FROM portolan.job_log ORDER BY message')).toEqual([
      { message: '6 days' },
      { message: '8 days' },
    ]);
  });

  test('a job’s log keeps order, levels and data, whatever they hold', async () => {
    const job = declare(async (ctx) => {
      await ctx.log('info', 'first', { records: 3 });
      await ctx.log('warn', 'nul \0 and half \ud800', { '\0': '\0' });
      await ctx.log('debug', 'nothing');
    });
    await Promise.all([relay(), work(job)]);
    const id = await ask(job);
    expect(await ended(id)).toMatchObject({ state: 'done' });
    expect(
      await queue.db.rows('SELECT level, message, data FROM portolan.job_log WHERE job_id = $1 ORDER BY id', [
        id,
      ]),
    ).toEqual([
      { level: 'info', message: 'first', data: { records: 3 } },
      { level: 'warn', message: 'nul \ufffd and half \ufffd', data: { '\ufffd': '\ufffd' } },
      { level: 'debug', message: 'nothing', data: null },
    ]);
  });

  test('the depth of a queue counts what waits, runs and failed, and how long the first waits', async () => {
    const job = declare(async () => {});
    const ids: number[] = [];
    for (const key of ['a', 'b', 'c', 'd', 'e']) ids.push(await ask(job, key));
    await queue.db.rows(`UPDATE portolan.job SET run_after = now() - interval '90 s' WHERE id = $1`, [
      ids[0],
    ]);
    await queue.db.rows(`UPDATE portolan.job SET enqueued_at = now() WHERE id = $1`, [ids[1]]);
    await queue.db.rows(`UPDATE portolan.job SET state = 'failed' WHERE id = $1`, [ids[2]]);
    await queue.db.rows(`UPDATE portolan.job SET state = 'done' WHERE id = $1`, [ids[3]]);
    await queue.db.rows(
      `UPDATE portolan.job SET state = 'active', lease_token = gen_random_uuid() WHERE id = $1`,
      [ids[4]],
    );
    const [found] = await queueDepth(queue.db);
    expect(found).toMatchObject({ queue: job.queue, waiting: 2, active: 1, failed: 1 });
    expect(found!.oldest).toBeGreaterThanOrEqual(90);
    expect(found!.oldest).toBeLessThan(120);
  });

  test('a worker does not start with a job that nobody handles', async () => {
    await expect(work(declare(undefined))).rejects.toThrow('has 0 handlers instead of one');
  });

  test('emptying the queues leaves nothing, fast, and what is asked for afterwards runs', async () => {
    const job = declare(async () => {});
    const relaying = await relay();
    const keys = Array.from({ length: 2000 }, (_, index) => ({ key: `k${index}` }));
    const ids = await queue.db.transact((tx) => enqueueAll(tx, job, keys));
    await handedOut(ids.at(-1)!);
    await relaying.pause();
    const before = performance.now();
    await emptyQueues(queue.db, queue.config);
    expect(performance.now() - before).toBeLessThan(5 * second);
    expect(await queue.db.rows('SELECT FROM portolan.job')).toEqual([]);
    const backend = openBackend(queue.config, 0, logger);
    expect(await backend.waiting(job.queue)).toBe(0);
    await backend.close();
    await Promise.all([relaying.resume(), work(job)]);
    expect(await ended(await ask(job, 'afterwards'))).toMatchObject({ state: 'done' });
  });
}
