import { setTimeout as delay } from 'node:timers/promises';
import { silentLogger as logger } from '@portolan/kernel';
import { enqueue, enqueueAll } from '@portolan/queue';
import { describe, expect, test, vi } from 'vitest';
import { openBackend } from '../../packages/queue/backend/open.ts';
import { gate, type QueueSetting, second } from './queue.setting.ts';

/** How jobs are asked for, and what messages do. */
export function askingSuite(queue: QueueSetting): void {
  const { declare, work, relay, ask, row, ended, handedOut } = queue;

  describe('asking for a job', () => {
    test('runs it after the commit, with its key, its id and the number of the attempt', async () => {
      const seen = gate<unknown>();
      const job = declare(async (ctx, key) => seen.resolve({ key, id: ctx.id, attempt: ctx.attempt }));
      await Promise.all([relay(), work(job)]);
      const id = await ask(job, 'dataset-1');
      expect(await seen.promise).toEqual({ key: 'dataset-1', id, attempt: 1 });
      expect(await ended(id)).toMatchObject({
        state: 'done',
        attempts: 1,
        error: null,
        worker: 'here',
        lease_token: null,
      });
    });

    test('does nothing when the transaction is rolled back', async () => {
      const keys: string[] = [];
      const job = declare(async (_, key) => void keys.push(key));
      await Promise.all([relay(), work(job)]);
      let undone = 0;
      const failed = queue.db.transact(async (tx) => {
        undone = await enqueue(tx, job, { key: 'undone' });
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      await ended(await ask(job, 'later'));
      expect(keys).toEqual(['later']);
      expect(await row(undone)).toBeUndefined();
    });

    test('does nothing before the commit', async () => {
      const keys: string[] = [];
      const job = declare(async (_, key) => void keys.push(key));
      await Promise.all([relay(), work(job)]);
      const id = await queue.db.transact(async (tx) => {
        const inside = await enqueue(tx, job, { key: 'first asked' });
        await ended(await ask(job, 'first committed'));
        return inside;
      });
      await ended(id);
      expect(keys).toEqual(['first committed', 'first asked']);
    });

    test('twice for one key is one job while it waits, and another once it has begun', async () => {
      const begun = gate();
      const end = gate();
      let runs = 0;
      const job = declare(async () => {
        runs++;
        begun.resolve();
        await end.promise;
      });
      const first = await ask(job);
      expect(await ask(job)).toBe(first);
      expect(await ask(job, 'other')).not.toBe(first);
      expect(await queue.db.transact((tx) => enqueue(tx, job, { key: 'k', idempotencyKey: null }))).not.toBe(
        first,
      );
      await queue.db.rows('DELETE FROM portolan.job WHERE id <> $1', [first]);
      await Promise.all([relay(), work(job)]);
      await begun.promise;
      const second = await ask(job);
      expect(second).not.toBe(first);
      end.resolve();
      await Promise.all([ended(first), ended(second)]);
      expect(runs).toBe(2);
    });

    test('again for a waiting job holds that job back until the asker’s own changes are committed', async () => {
      const seen: string[] = [];
      const job = declare(async () => {
        const found = await queue.db.rows<{ who: string }>(`SELECT who FROM public.effect WHERE job = 0`);
        seen.push(found.map(({ who }) => who).join());
      });
      const first = await ask(job);
      const [relaying] = await Promise.all([relay(), handedOut(first)]);
      await queue.db.transact(async (tx) => {
        await tx.rows(`INSERT INTO public.effect VALUES (0, 'changed')`);
        expect(await enqueue(tx, job, { key: 'k' })).toBe(first);
        await work(job);
        const marker = declare(async () => {});
        await work(marker);
        await ended(await ask(marker));
        expect(seen).toEqual([]);
      });
      await ended(first);
      expect(seen).toEqual(['changed']);
      await relaying.close();
    });

    test('with a delay runs it then', async () => {
      const job = declare(async () => {});
      await Promise.all([relay(), work(job)]);
      const before = Date.now();
      const id = await queue.db.transact((tx) => enqueue(tx, job, { key: 'k', delay: 700 }));
      const { started } = await ended(id);
      expect(started!.getTime() - before).toBeGreaterThanOrEqual(700);
      expect(started!.getTime() - before).toBeLessThan(20 * second);
    });

    test('for many keys at once gives them in order, each once', async () => {
      const job = declare(async () => {});
      const requests = ['a', 'b', 'a', 'c'].map((key) => ({ key }));
      const ids = await queue.db.transact((tx) => enqueueAll(tx, job, requests));
      expect(ids).toHaveLength(3);
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
      expect(await queue.db.transact((tx) => enqueueAll(tx, job, []))).toEqual([]);
    });

    test.each(['a\0b', '\ud800', 'x'.repeat(1001)])(
      'with something that is no id is refused',
      async (key) => {
        const job = declare(async () => {});
        await expect(ask(job, key)).rejects.toThrow(RangeError);
      },
    );
  });

  describe('a message', () => {
    test('that comes many times runs its job once', async () => {
      let runs = 0;
      const job = declare(async () => {
        runs++;
        await delay(50);
      });
      const [id] = await Promise.all([ask(job), work(job)]);
      const backend = openBackend(queue.config, 0, logger);
      const copies = Array.from({ length: 30 }, (_, index) => ({
        id: `copy-${index}`,
        name: job.name,
        ids: [id, id],
      }));
      await backend.add(job.queue, copies);
      expect(await ended(id)).toMatchObject({ state: 'done', attempts: 1 });
      await expect.poll(() => backend.waiting(job.queue)).toBe(0);
      await backend.close();
      expect(runs).toBe(1);
    });

    test('for a row that is gone, done or not yet due does nothing', async () => {
      let runs = 0;
      const job = declare(async () => void runs++);
      const late = await queue.db.transact((tx) => enqueue(tx, job, { key: 'late', delay: 60 * second }));
      await work(job);
      const backend = openBackend(queue.config, 0, logger);
      await backend.add(job.queue, [{ id: 'stray-1', name: job.name, ids: [late, 999_999_999] }]);
      await expect.poll(() => backend.waiting(job.queue)).toBe(0);
      const marker = await ask(job, 'marker');
      await backend.add(job.queue, [{ id: 'marker-1', name: job.name, ids: [marker] }]);
      await ended(marker);
      await backend.close();
      expect(runs).toBe(1);
      expect(await row(late)).toMatchObject({ state: 'waiting', attempts: 0 });
    });
  });

  test('several relays and workers run every job of a backlog exactly once', async () => {
    const runs = new Map<string, number>();
    const job = declare(async (_, key) => void runs.set(key, (runs.get(key) ?? 0) + 1), { bundle: 8 });
    const keys = Array.from({ length: 1500 }, (_, index) => ({ key: `k${index}` }));
    const ids = await queue.db.transact((tx) => enqueueAll(tx, job, keys));
    await Promise.all([relay(job), relay(job), relay(job), work(job), work(job)]);
    await vi.waitFor(
      async () => {
        const [open] = await queue.db.rows<{ count: number }>(
          `SELECT count(*) FROM portolan.job WHERE state <> 'done'`,
        );
        expect(open!.count).toBe(0);
      },
      { timeout: 100 * second },
    );
    expect(runs.size).toBe(ids.length);
    expect(new Set(runs.values())).toEqual(new Set([1]));
  });
}
