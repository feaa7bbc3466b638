import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Db } from '@portolan/db';
import { silentLogger as logger, systemRuntime } from '@portolan/kernel';
import {
  defineJob,
  emptyQueues,
  enqueue,
  type Handler,
  type Job,
  type JobSpec,
  type Pausable,
  type QueueConfig,
} from '@portolan/queue';
import { migrateQueueBackend, startRelay, startWorker } from '@portolan/queue/storage';
import { afterEach, beforeAll, expect, vi } from 'vitest';

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

export const second = 1000;

/** A promise to be settled from outside, and what was settled so far. */
export function gate<Value = void>() {
  return Promise.withResolvers<Value>();
}

/** A queue under test, with what its tests do to it. Call it in a `describe`. */
export function queueSetting(open: () => Promise<QueueUnderTest>) {
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
  async function ended(id: number, timeout = 60 * second): Promise<JobRow> {
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
    expect
      .poll(() => db.rows('SELECT FROM portolan.job WHERE id = $1 AND enqueued_at IS NOT NULL', [id]))
      .toHaveLength(1);

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

  return {
    get db() {
      return db;
    },
    get config() {
      return under.config;
    },
    wipe: () => under.wipe(),
    digest: () => under.digest(),
    /** Workers and relays that are closed after the test. */
    opened,
    declare,
    work,
    relay,
    ask,
    row,
    ended,
    handedOut,
    child,
  };
}

export type QueueSetting = ReturnType<typeof queueSetting>;
