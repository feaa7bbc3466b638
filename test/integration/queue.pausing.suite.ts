import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { enqueueAll, Interrupted } from '@portolan/queue';
import { describe, expect, test, vi } from 'vitest';
import { gate, type QueueSetting, second } from './queue.setting.ts';

/** Workers and relays that pause. */
export function pausingSuite(queue: QueueSetting): void {
  const { declare, work, relay, ask, row, ended, handedOut } = queue;

  describe('pausing', () => {
    async function everything(): Promise<string> {
      const tables = await queue.db.rows<{ name: string }>(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
         WHERE schemaname IN ('portolan', 'portolan_queue') ORDER BY 1`,
      );
      const digests: string[] = [];
      for (const { name } of tables) {
        const [found] = await queue.db.rows<{ digest: string }>(
          `SELECT md5(coalesce(string_agg(t.xmin || t.xmax::text || t::text, '|' ORDER BY t.ctid), '')) AS digest FROM ${name} t`,
        );
        digests.push(`${name} ${found!.digest}`);
      }
      return [...digests, await queue.digest()].join('\n');
    }

    test('finishes what runs, then changes nothing at all until it is resumed', async () => {
      let runs = 0;
      const busy = gate();
      const job = declare(
        async (ctx, key) => {
          await queue.db.transact((tx) => ctx.fence(tx));
          await ctx.log('info', `at ${key}`);
          if (++runs === 40) busy.resolve();
          await delay(5);
        },
        { bundle: 4, lease: 1000 },
      );
      const keys = Array.from({ length: 600 }, (_, index) => ({ key: `k${index}` }));
      await queue.db.transact((tx) => enqueueAll(tx, job, keys));
      const [relaying, working] = await Promise.all([relay(job), work(job)]);
      await busy.promise;
      await Promise.all([relaying.pause(), working.pause()]);
      const runsThen = runs;
      const then = await everything();
      expect(await queue.db.rows(`SELECT FROM portolan.job WHERE state = 'active'`)).toEqual([]);
      // Longer than every interval of ours and of BullMQ's.
      await delay(6500);
      expect(await everything()).toBe(then);
      expect(runs).toBe(runsThen);
      await Promise.all([relaying.resume(), working.resume()]);
      await vi.waitFor(
        async () => {
          const [done] = await queue.db.rows<{ count: number }>(
            `SELECT count(*) FROM portolan.job WHERE state = 'done'`,
          );
          expect(done!.count).toBe(600);
        },
        { timeout: 100 * second },
      );
      expect(runs).toBe(600);
    });

    test('interrupts a handler that outlasts its patience; its attempt does not count', async () => {
      const begun = gate();
      const reasons: unknown[] = [];
      const job = declare(
        async ({ signal }) => {
          if (reasons.length > 0) return;
          begun.resolve();
          await once(signal, 'abort');
          reasons.push(signal.reason);
          signal.throwIfAborted();
        },
        { maxAttempts: 1 },
      );
      const [, working] = await Promise.all([relay(), work(job)]);
      const id = await ask(job);
      await begun.promise;
      const before = Date.now();
      await working.pause({ patience: 100 });
      expect(Date.now() - before).toBeLessThan(20 * second);
      expect(reasons).toEqual([expect.any(Interrupted)]);
      expect(await row(id)).toMatchObject({ state: 'waiting', attempts: 0, lease_token: null });
      await working.resume();
      expect(await ended(id)).toMatchObject({ state: 'done', attempts: 1 });
    });

    test('tells a handler of many pieces first, which ends in its own time', async () => {
      const begun = gate();
      const pieces: string[] = [];
      const job = declare(async ({ signal, stopping }) => {
        begun.resolve();
        await once(stopping, 'abort');
        pieces.push(signal.aborted ? 'interrupted' : 'ended');
      });
      const [, working] = await Promise.all([relay(), work(job)]);
      const id = await ask(job);
      await begun.promise;
      await working.pause({ patience: 20 * second });
      expect(pieces).toEqual(['ended']);
      expect(await row(id)).toMatchObject({ state: 'done', attempts: 1 });
    });

    test('has a handler back uncounted that gives up when it is told', async () => {
      const begun = gate();
      let attempts = 0;
      const job = declare(
        async ({ stopping }) => {
          begun.resolve();
          if (++attempts > 1) return;
          await once(stopping, 'abort');
          throw new Error('cut off');
        },
        { maxAttempts: 1 },
      );
      const [, working] = await Promise.all([relay(), work(job)]);
      const id = await ask(job);
      await begun.promise;
      await working.pause({ patience: 20 * second });
      expect(await row(id)).toMatchObject({ state: 'waiting', attempts: 0 });
      await working.resume();
      expect(await ended(id)).toMatchObject({ state: 'done', attempts: 1 });
    });

    test('lets go of a handler that does not listen, and fences it off', async () => {
      const begun = gate();
      const wake = gate();
      const outcome = gate<unknown>();
      const job = declare(async (ctx) => {
        begun.resolve();
        await wake.promise;
        await queue.db.transact((tx) => ctx.fence(tx)).then(outcome.resolve, outcome.resolve);
      });
      const [, working] = await Promise.all([relay(), work(job)]);
      const id = await ask(job);
      await begun.promise;
      await working.pause({ patience: 0 });
      expect(await row(id)).toMatchObject({ state: 'waiting' });
      wake.resolve();
      expect(await outcome.promise).toBeInstanceOf(Error);
    });

    test('can be asked for twice, and a closed worker is not resumed', async () => {
      const job = declare(async () => {});
      const working = await work(job);
      await Promise.all([working.pause(), working.pause()]);
      await working.resume();
      await working.resume();
      await working.close();
      await working.resume();
      await relay();
      const id = await ask(job);
      await handedOut(id);
      expect(await row(id)).toMatchObject({ state: 'waiting' });
    });
  });
}
