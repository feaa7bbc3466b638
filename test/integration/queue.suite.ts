// One file on purpose: the list of what the queue promises, run against every backend.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '@portolan/db';
import { silentLogger as logger, systemRuntime } from '@portolan/kernel';
import {
  DeadlineExceeded,
  defineJob,
  emptyQueues,
  enqueue,
  enqueueAll,
  type Handler,
  Interrupted,
  type Job,
  JobAborted,
  type JobSpec,
  LeaseLost,
  type Pausable,
  PermanentFailure,
  type QueueConfig,
  queueDepth,
  requestAbort,
} from '@portolan/queue';
import { migrateQueueBackend, startRelay, startWorker } from '@portolan/queue/storage';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openBackend } from '../../packages/queue/backend/open.ts';
import { pruneJobs } from '../../packages/queue/reconcile.ts';

export interface QueueUnderTest {
  db: Db;
  config: QueueConfig;
  /** Loses every message, as a flushed Redis or a truncated table would. */
  wipe(): Promise<void>;
  /** A digest of everything the queue's storage holds, taken once nobody of ours is connected to it. */
  digest(): Promise<string>;
}

interface JobRow {
  id: number;
  state: string;
  attempts: number;
  error: string | null;
  worker: string | null;
  lease_token: string | null;
  started: Date | null;
  finished: Date | null;
}

const second = 1000;

/** A promise to be settled from outside, and what was settled so far. */
function gate<Value = void>() {
  return Promise.withResolvers<Value>();
}

export function queueSuite(open: () => Promise<QueueUnderTest>): void {
  let under: QueueUnderTest;
  let db: Db;
  const opened: Pausable[] = [];
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    under = await open();
    db = under.db;
    await migrateQueueBackend(under.config);
    await db.rows('CREATE TABLE public.effect (job bigint, who text)');
  });

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await Promise.all(opened.splice(0).map((one) => one.close({ patience: 0 })));
    await emptyQueues(db, under.config);
  });

  const declare = (run: Handler | undefined, more: Partial<JobSpec> = {}): Job => {
    const name = `job-${systemRuntime.id()}`;
    return defineJob({
      name,
      queue: name,
      concurrency: 4,
      timeout: 60 * second,
      maxAttempts: 3,
      run,
      ...more,
    });
  };
  async function work(...jobs: Job[]): Promise<Pausable> {
    const worker = await startWorker({ db, config: under.config, logger, jobs, name: 'here' });
    opened.push(worker);
    return worker;
  }
  async function relay(...jobs: Job[]): Promise<Pausable> {
    const started = await startRelay({ db, config: under.config, logger, jobs });
    opened.push(started);
    return started;
  }
  const ask = (job: Job, key = 'k') => db.transact((tx) => enqueue(tx, job, { key }));
  async function row(id: number): Promise<JobRow | undefined> {
    return (await db.rows<JobRow>('SELECT * FROM portolan.job WHERE id = $1', [id]))[0];
  }
  async function ended(id: number, timeout = 20 * second): Promise<JobRow> {
    return await vi.waitFor(
      async () => {
        const found = (await row(id))!;
        expect(['done', 'failed', 'cancelled']).toContain(found.state);
        return found;
      },
      { timeout, interval: 20 },
    );
  }
  const handedOut = (id: number) =>
    vi.waitFor(async () => {
      const [found] = await db.rows('SELECT FROM portolan.job WHERE id = $1 AND enqueued_at IS NOT NULL', [
        id,
      ]);
      expect(found).toBeDefined();
    });

  /** Starts a worker process whose one job says `started` and then does what `mode` says. */
  function child(job: Job, mode: 'hang' | 'write') {
    const { run: _, backoff: __, ...spec } = job;
    const program = path.join(import.meta.dirname, 'queue.worker.ts');
    const { redisUrl, siteId, databaseUrl } = under.config;
    const argument = JSON.stringify({ config: { redisUrl, siteId, databaseUrl }, spec, mode });
    const started = spawn(process.execPath, [program, argument], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(started);
    const lines = createInterface(started.stdout);
    const said: string[] = [];
    lines.on('line', (line) => said.push(line));
    return {
      process: started,
      async says(text: string): Promise<void> {
        while (!said.includes(text)) await once(lines, 'line');
      },
    };
  }

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
      const failed = db.transact(async (tx) => {
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
      const id = await db.transact(async (tx) => {
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
      expect(await db.transact((tx) => enqueue(tx, job, { key: 'k', idempotencyKey: null }))).not.toBe(first);
      await db.rows('DELETE FROM portolan.job WHERE id <> $1', [first]);
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
        const found = await db.rows<{ who: string }>(`SELECT who FROM public.effect WHERE job = 0`);
        seen.push(found.map(({ who }) => who).join());
      });
      const first = await ask(job);
      const [relaying] = await Promise.all([relay(), handedOut(first)]);
      await db.transact(async (tx) => {
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
      const id = await db.transact((tx) => enqueue(tx, job, { key: 'k', delay: 700 }));
      const { started } = await ended(id);
      expect(started!.getTime() - before).toBeGreaterThanOrEqual(700);
      expect(started!.getTime() - before).toBeLessThan(3000);
    });

    test('for many keys at once gives them in order, each once', async () => {
      const job = declare(async () => {});
      const requests = ['a', 'b', 'a', 'c'].map((key) => ({ key }));
      const ids = await db.transact((tx) => enqueueAll(tx, job, requests));
      expect(ids).toHaveLength(3);
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
      expect(await db.transact((tx) => enqueueAll(tx, job, []))).toEqual([]);
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
      const backend = openBackend(under.config, 0, logger);
      const copies = Array.from({ length: 30 }, (_, index) => ({
        id: `copy-${index}`,
        name: job.name,
        ids: [id, id],
      }));
      await backend.add(job.queue, copies);
      expect(await ended(id)).toMatchObject({ state: 'done', attempts: 1 });
      await vi.waitFor(async () => expect(await backend.waiting(job.queue)).toBe(0));
      await backend.close();
      expect(runs).toBe(1);
    });

    test('for a row that is gone, done or not yet due does nothing', async () => {
      let runs = 0;
      const job = declare(async () => void runs++);
      const late = await db.transact((tx) => enqueue(tx, job, { key: 'late', delay: 60 * second }));
      await work(job);
      const backend = openBackend(under.config, 0, logger);
      await backend.add(job.queue, [{ id: 'stray-1', name: job.name, ids: [late, 999_999_999] }]);
      await vi.waitFor(async () => expect(await backend.waiting(job.queue)).toBe(0));
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
    const ids = await db.transact((tx) => enqueueAll(tx, job, keys));
    await Promise.all([relay(job), relay(job), relay(job), work(job), work(job)]);
    await vi.waitFor(
      async () => {
        const [open] = await db.rows<{ count: number }>(
          `SELECT count(*) FROM portolan.job WHERE state <> 'done'`,
        );
        expect(open!.count).toBe(0);
      },
      { timeout: 25 * second },
    );
    expect(runs.size).toBe(ids.length);
    expect(new Set(runs.values())).toEqual(new Set([1]));
  });

  describe('a worker that is killed', () => {
    test('is replaced by another within 25 seconds', async () => {
      const job = declare(async () => {});
      await relay();
      const id = await ask(job);
      const victim = child(job, 'hang');
      await victim.says('started');
      victim.process.kill('SIGKILL');
      const killed = Date.now();
      await once(victim.process, 'exit');
      await work(job);
      expect(await ended(id, 25 * second)).toMatchObject({ state: 'done', attempts: 2, worker: 'here' });
      expect(Date.now() - killed).toBeLessThan(25 * second);
    }, 40_000);

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
          await db.transact(async (tx) => {
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
      expect(await db.rows('SELECT who FROM public.effect WHERE job = $1', [id])).toEqual([{ who: 'here' }]);
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
      await db.rows(
        `UPDATE portolan.job SET lease_token = $2, lease_until = now() + interval '1 hour' WHERE id = $1`,
        [id, other],
      );
      expect(await lost.promise).toBeInstanceOf(LeaseLost);
      await opened.pop()!.close();
      expect(await row(id)).toMatchObject({ state: 'active', lease_token: other });
    });
  });

  test('a lease is kept while its own handler holds the row in a long transaction', async () => {
    const job = declare(
      async (ctx) => {
        await db.transact(async (tx) => {
          await ctx.fence(tx);
          await delay(2500, undefined, { signal: ctx.signal });
        });
      },
      { lease: 900 },
    );
    await Promise.all([relay(), work(job)]);
    expect(await ended(await ask(job))).toMatchObject({ state: 'done', attempts: 1 });
  });

  test('messages that the storage lost are given again', async () => {
    const job = declare(async () => {}, { bundle: 4 });
    await relay(job);
    const keys = Array.from({ length: 1200 }, (_, index) => ({ key: `k${index}` }));
    const ids = await db.transact((tx) => enqueueAll(tx, job, keys));
    await Promise.all(ids.slice(-1).map(handedOut));
    await under.wipe();
    await work(job);
    await vi.waitFor(
      async () => {
        const [done] = await db.rows<{ count: number }>(
          `SELECT count(*) FROM portolan.job WHERE state = 'done'`,
        );
        expect(done!.count).toBe(ids.length);
      },
      { timeout: 25 * second },
    );
  }, 40_000);

  test('messages that merely wait for a worker are not doubled by reminding', async () => {
    const job = declare(async () => {});
    const id = await ask(job);
    await relay();
    await handedOut(id);
    const at = async () =>
      (await db.rows<{ at: Date }>('SELECT enqueued_at AS at FROM portolan.job WHERE id = $1', [id]))[0]!.at;
    const first = await at();
    await vi.waitFor(async () => expect(await at()).not.toEqual(first), { timeout: 15 * second });
    const backend = openBackend(under.config, 0, logger);
    await vi.waitFor(async () => expect(await backend.waiting(job.queue)).toBe(1));
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
      await db.rows(`UPDATE portolan.job SET state = $2, finished = now() - $3::interval WHERE id = $1`, [
        id,
        state,
        age,
      ]);
      await db.rows(`INSERT INTO portolan.job_log (job_id, level, message) VALUES ($1, 'info', $2)`, [
        id,
        age,
      ]);
    }
    await ask(job, 'waiting');
    await pruneJobs(db);
    const kept = await db.rows('SELECT key FROM portolan.job ORDER BY key');
    expect(kept).toEqual([{ key: 'done 6 days' }, { key: 'failed 8 days' }, { key: 'waiting' }]);
    expect(await db.rows('SELECT message FROM portolan.job_log ORDER BY message')).toEqual([
      { message: '6 days' },
      { message: '8 days' },
    ]);
  });

  test('jobs are picked up fast again after every database connection was killed', async () => {
    const job = declare(async () => {});
    await Promise.all([relay(), work(job)]);
    await ended(await ask(job));
    await db.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    );
    const latencies: number[] = [];
    for (let i = 0; i < 12; i++) {
      const before = Date.now();
      const { started } = await ended(await vi.waitFor(() => ask(job, `after-${i}`)), 10 * second);
      latencies.push(started!.getTime() - before);
    }
    expect(Math.max(...latencies)).toBeLessThan(5000);
    expect(Math.max(...latencies.slice(-4))).toBeLessThan(500);
  });

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
      const lines = await db.rows(
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
      expect(await db.transact((tx) => requestAbort(tx, job, 'k'))).toBe(1);
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
      await db.transact((tx) => requestAbort(tx, job, '0'));
      expect(await reason.promise).toBeInstanceOf(JobAborted);
      expect(Date.now() - before).toBeLessThan(2000);
      expect(await ended(ids[0]!)).toMatchObject({ state: 'cancelled', attempts: 1 });
      end.resolve();
      expect(await ended(ids[1]!)).toMatchObject({ state: 'done' });
    });
  });

  describe('pausing', () => {
    async function everything(): Promise<string> {
      const tables = await db.rows<{ name: string }>(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
         WHERE schemaname IN ('portolan', 'portolan_queue') ORDER BY 1`,
      );
      const digests: string[] = [];
      for (const { name } of tables) {
        const [found] = await db.rows<{ digest: string }>(
          `SELECT md5(coalesce(string_agg(t.xmin || t.xmax::text || t::text, '|' ORDER BY t.ctid), '')) AS digest FROM ${name} t`,
        );
        digests.push(`${name} ${found!.digest}`);
      }
      return [...digests, await under.digest()].join('\n');
    }

    test('finishes what runs, then changes nothing at all until it is resumed', async () => {
      let runs = 0;
      const busy = gate();
      const job = declare(
        async (ctx, key) => {
          await db.transact((tx) => ctx.fence(tx));
          await ctx.log('info', `at ${key}`);
          if (++runs === 40) busy.resolve();
          await delay(5);
        },
        { bundle: 4, lease: 1000 },
      );
      const keys = Array.from({ length: 600 }, (_, index) => ({ key: `k${index}` }));
      await db.transact((tx) => enqueueAll(tx, job, keys));
      const [relaying, working] = await Promise.all([relay(job), work(job)]);
      await busy.promise;
      await Promise.all([relaying.pause(), working.pause()]);
      const runsThen = runs;
      const then = await everything();
      expect(await db.rows(`SELECT FROM portolan.job WHERE state = 'active'`)).toEqual([]);
      // Longer than every interval of ours and of BullMQ's.
      await delay(6500);
      expect(await everything()).toBe(then);
      expect(runs).toBe(runsThen);
      await Promise.all([relaying.resume(), working.resume()]);
      await vi.waitFor(
        async () => {
          const [done] = await db.rows<{ count: number }>(
            `SELECT count(*) FROM portolan.job WHERE state = 'done'`,
          );
          expect(done!.count).toBe(600);
        },
        { timeout: 20 * second },
      );
      expect(runs).toBe(600);
    }, 60_000);

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
      expect(Date.now() - before).toBeLessThan(3000);
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
        await db.transact((tx) => ctx.fence(tx)).then(outcome.resolve, outcome.resolve);
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
      await db.rows('SELECT level, message, data FROM portolan.job_log WHERE job_id = $1 ORDER BY id', [id]),
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
    await db.rows(`UPDATE portolan.job SET run_after = now() - interval '90 s' WHERE id = $1`, [ids[0]]);
    await db.rows(`UPDATE portolan.job SET enqueued_at = now() WHERE id = $1`, [ids[1]]);
    await db.rows(`UPDATE portolan.job SET state = 'failed' WHERE id = $1`, [ids[2]]);
    await db.rows(`UPDATE portolan.job SET state = 'done' WHERE id = $1`, [ids[3]]);
    await db.rows(`UPDATE portolan.job SET state = 'active', lease_token = gen_random_uuid() WHERE id = $1`, [
      ids[4],
    ]);
    const [found] = await queueDepth(db);
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
    const ids = await db.transact((tx) => enqueueAll(tx, job, keys));
    await handedOut(ids.at(-1)!);
    await relaying.pause();
    const before = performance.now();
    await emptyQueues(db, under.config);
    expect(performance.now() - before).toBeLessThan(300);
    expect(await db.rows('SELECT FROM portolan.job')).toEqual([]);
    const backend = openBackend(under.config, 0, logger);
    expect(await backend.waiting(job.queue)).toBe(0);
    await backend.close();
    await Promise.all([relaying.resume(), work(job)]);
    expect(await ended(await ask(job, 'afterwards'))).toMatchObject({ state: 'done' });
  });
}
