import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { systemRuntime } from '@portolan/kernel';
import { LeaseLost } from '@portolan/queue';
import { describe, expect, test, vi } from 'vitest';
import { gate, type QueueSetting, second } from './queue.setting.ts';

/** What becomes of the work of workers that are killed, frozen or cut off. */
export function dyingSuite(queue: QueueSetting): void {
  const { declare, work, relay, ask, row, ended, child } = queue;

  describe('a worker that is killed', () => {
    test('is replaced by another once its lease is over', async () => {
      const job = declare(async () => {});
      await relay();
      const id = await ask(job);
      const victim = child(job, 'hang');
      await victim.says('started');
      victim.process.kill('SIGKILL');
      await once(victim.process, 'exit');
      await work(job);
      expect(await ended(id, 60 * second)).toMatchObject({ state: 'done', attempts: 2, worker: 'here' });
    });

    test('at every attempt fails the job in the end', async () => {
      const job = declare(async () => {}, { maxAttempts: 1, lease: 500 });
      await relay();
      const id = await ask(job);
      const victim = child(job, 'hang');
      await victim.says('started');
      victim.process.kill('SIGKILL');
      expect(await ended(id)).toMatchObject({ state: 'failed', error: 'the worker did not come back' });
    }, 40_000);
  });

  describe('a zombie', () => {
    test('that was frozen until its lease ran out cannot write any more', async () => {
      const job = declare(
        async (ctx) => {
          await queue.db.transact(async (tx) => {
            await ctx.fence(tx);
            await tx.rows('INSERT INTO public.effect VALUES ($1, $2)', [ctx.id, 'here']);
          });
        },
        { lease: 1000 },
      );
      await relay();
      const id = await ask(job);
      const frozen = child(job, 'write');
      await frozen.says('started');
      frozen.process.kill('SIGSTOP');
      await work(job);
      await ended(id);
      frozen.process.kill('SIGCONT');
      await frozen.says('refused: LeaseLost');
      expect(await queue.db.rows('SELECT who FROM public.effect WHERE job = $1', [id])).toEqual([
        { who: 'here' },
      ]);
      expect(await row(id)).toMatchObject({ state: 'done', attempts: 2, worker: 'here' });
    }, 40_000);

    test('hears that its lease is lost, and its end is not written', async () => {
      const begun = gate();
      const lost = gate<unknown>();
      const job = declare(
        async ({ signal }) => {
          begun.resolve();
          await once(signal, 'abort');
          lost.resolve(signal.reason);
        },
        { lease: 600 },
      );
      await Promise.all([relay(), work(job)]);
      const id = await ask(job);
      await begun.promise;
      const other = systemRuntime.id();
      await queue.db.rows(
        `UPDATE portolan.job SET lease_token = $2, lease_until = now() + interval '1 hour' WHERE id = $1`,
        [id, other],
      );
      expect(await lost.promise).toBeInstanceOf(LeaseLost);
      await queue.opened.pop()!.close();
      expect(await row(id)).toMatchObject({ state: 'active', lease_token: other });
    });
  });

  test('a lease is kept while its own handler holds the row in a long transaction', async () => {
    const job = declare(
      async (ctx) => {
        await queue.db.transact(async (tx) => {
          await ctx.fence(tx);
          await delay(2500, undefined, { signal: ctx.signal });
        });
      },
      { lease: 900 },
    );
    await Promise.all([relay(), work(job)]);
    expect(await ended(await ask(job))).toMatchObject({ state: 'done', attempts: 1 });
  });

  test('jobs are picked up fast again after every database connection was killed', async () => {
    const job = declare(async () => {});
    await Promise.all([relay(), work(job)]);
    await ended(await ask(job));
    await queue.db.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    );
    const latencies: number[] = [];
    for (let i = 0; i < 12; i++) {
      const before = Date.now();
      const { started } = await ended(
        await vi.waitFor(() => ask(job, `after-${i}`), { timeout: 20 * second }),
      );
      latencies.push(started!.getTime() - before);
    }
    expect(Math.max(...latencies)).toBeLessThan(20 * second);
    expect(Math.max(...latencies.slice(-4))).toBeLessThan(5 * second);
  });
}
