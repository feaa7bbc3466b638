import { once } from 'node:events';
import { DeadlineExceeded, JobAborted, PermanentFailure, requestAbort } from '@portolan/queue';
import { describe, expect, test } from 'vitest';
import { gate, type QueueSetting, second } from './queue.setting.ts';

/** Handlers that fail, and jobs that are aborted. */
export function failingSuite(queue: QueueSetting): void {
  const { declare, work, relay, ask, row, ended } = queue;

  describe('a handler that fails', () => {
    test('is tried again after its back-off, and the log tells why', async () => {
      const times: number[] = [];
      const job = declare(
        async ({ attempt }) => {
          times.push(Date.now());
          if (attempt < 3) throw new Error(`attempt ${attempt}`);
        },
        { backoff: (attempt) => attempt * 300 },
      );
      await Promise.all([relay(), work(job)]);
      const id = await ask(job);
      expect(await ended(id)).toMatchObject({ state: 'done', attempts: 3, error: null });
      expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(300);
      expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(600);
      const lines = await queue.db.rows(
        'SELECT level, message FROM portolan.job_log WHERE job_id = $1 ORDER BY id',
        [id],
      );
      expect(lines).toEqual([
        { level: 'error', message: 'attempt 1' },
        { level: 'error', message: 'attempt 2' },
      ]);
    });

    test('every time ends as failed with the last error', async () => {
      const job = declare(
        async ({ attempt }) => {
          throw new Error(`attempt ${attempt}\0`);
        },
        { maxAttempts: 2, backoff: () => 1 },
      );
      await Promise.all([relay(), work(job)]);
      expect(await ended(await ask(job))).toMatchObject({
        state: 'failed',
        attempts: 2,
        error: 'attempt 2\ufffd',
      });
    });

    test('for good is not tried again', async () => {
      const job = declare(async () => {
        throw new PermanentFailure('no such file');
      });
      await Promise.all([relay(), work(job)]);
      expect(await ended(await ask(job))).toMatchObject({
        state: 'failed',
        attempts: 1,
        error: 'no such file',
      });
    });

    test('by taking too long is told so and tried again', async () => {
      const reasons: unknown[] = [];
      const job = declare(
        async ({ signal }) => {
          await once(signal, 'abort');
          reasons.push(signal.reason);
          throw new Error('stopped');
        },
        { timeout: 100, maxAttempts: 2, backoff: () => 1 },
      );
      await Promise.all([relay(), work(job)]);
      const found = await ended(await ask(job));
      expect(found).toMatchObject({ state: 'failed', attempts: 2, error: 'the job took longer than 100 ms' });
      expect(reasons).toEqual([expect.any(DeadlineExceeded), expect.any(DeadlineExceeded)]);
    });
  });

  describe('aborting', () => {
    test('a waiting job cancels it, and nobody runs it', async () => {
      let runs = 0;
      const job = declare(async () => void runs++);
      const id = await ask(job);
      expect(await queue.db.transact((tx) => requestAbort(tx, job, 'k'))).toBe(1);
      await Promise.all([relay(), work(job)]);
      await ended(await ask(job, 'marker'));
      expect(await row(id)).toMatchObject({ state: 'cancelled', attempts: 0 });
      expect(runs).toBe(1);
    });

    test('a running job gives it its signal at once and leaves others alone', async () => {
      const begun = [gate(), gate()];
      const end = gate();
      const reason = gate<unknown>();
      const job = declare(async ({ signal }, key) => {
        begun[Number(key)]!.resolve();
        await Promise.race([once(signal, 'abort'), end.promise]);
        if (signal.aborted) reason.resolve(signal.reason);
        signal.throwIfAborted();
      });
      await Promise.all([relay(), work(job)]);
      const ids = [await ask(job, '0'), await ask(job, '1')];
      await Promise.all(begun.map(({ promise }) => promise));
      const before = Date.now();
      await queue.db.transact((tx) => requestAbort(tx, job, '0'));
      expect(await reason.promise).toBeInstanceOf(JobAborted);
      expect(Date.now() - before).toBeLessThan(20 * second);
      expect(await ended(ids[0]!)).toMatchObject({ state: 'cancelled', attempts: 1 });
      end.resolve();
      expect(await ended(ids[1]!)).toMatchObject({ state: 'done' });
    });
  });
}
