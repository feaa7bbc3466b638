import type { Db } from '@portolan/db';
import type { Logger } from '@portolan/kernel';
import { type DueRow, messagesFor } from './bundle.rules.ts';
import type { RelayParts } from './relay.ts';

/** Milliseconds between looks for workers that are gone. */
export const releaseInterval = 2000;
/** Milliseconds between reminders, and how old a hint is before it is given again. */
export const remindInterval = 5000;
const hintAge = 5000;
const largestBatch = 500;
/** Rounds are short: what is left is for the next one, or for another process. */
const batchesPerRound = 20;

const release = `
  UPDATE portolan.job j
  SET state = CASE WHEN abort_requested THEN 'cancelled' WHEN attempts >= max_attempts THEN 'failed' ELSE 'waiting' END,
      finished = CASE WHEN abort_requested OR attempts >= max_attempts THEN clock_timestamp() END,
      error = 'the worker did not come back', run_after = clock_timestamp(), enqueued_at = NULL, idempotency = NULL,
      lease_token = NULL, lease_until = NULL
  WHERE id IN (
    SELECT id FROM portolan.job WHERE state = 'active' AND lease_until < clock_timestamp()
    ORDER BY lease_until LIMIT ${largestBatch} FOR UPDATE SKIP LOCKED)
  RETURNING id, name, key, attempts, state, worker`;

interface Released {
  id: number;
  state: string;
}

/** Takes back the leases of workers that are gone. @returns whether any job waits again. */
export async function releaseExpired(db: Db, logger: Logger): Promise<boolean> {
  const rows = await db.prepared<Released>('queue_release', release);
  for (const { id, ...row } of rows) logger.warn({ job: id, ...row }, 'the lease of a job ran out');
  return rows.some((row) => row.state === 'waiting');
}

/** The same hint again, oldest first; the queue drops it if it still has it. */
const remind = `
  UPDATE portolan.job j SET enqueued_at = clock_timestamp()
  WHERE j.id IN (
    SELECT id FROM portolan.job
    WHERE state = 'waiting' AND enqueued_at < clock_timestamp() - $1 * interval '1 millisecond'
    ORDER BY enqueued_at LIMIT ${largestBatch} FOR UPDATE SKIP LOCKED)
  RETURNING j.id, j.queue, j.name, j.enqueues`;

/**
 * Gives hints that may have been lost a second time. A few each round are given on suspicion, so that a backlog
 * is gone through in turn; everything, and in bundles, only for a queue that turns out to have lost everything.
 */
export async function remindQueue({ db, backend, bundles }: RelayParts): Promise<void> {
  const lost = new Map<string, boolean>();
  for (let batch = 0; batch < batchesPerRound; batch++) {
    const rows = await db.prepared<DueRow>('queue_remind', remind, [hintAge]);
    rows.sort((a, b) => a.id - b.id);
    for (const [queue, ofQueue] of Map.groupBy(rows, (row) => row.queue)) {
      if (!lost.has(queue)) lost.set(queue, (await backend.waiting(queue)) === 0);
      const messages = messagesFor(ofQueue, lost.get(queue) ? bundles : new Map()).get(queue);
      await backend.add(queue, messages ?? []);
    }
    if (rows.length < largestBatch || ![...lost.values()].includes(true)) return;
  }
}

const days = (count: number) => `interval '${count} days'`;

const prune = `
  WITH old AS MATERIALIZED (
    SELECT id FROM portolan.job
    WHERE finished < now() - CASE WHEN state = 'failed' THEN ${days(30)} ELSE ${days(7)} END
    LIMIT 1000 FOR UPDATE SKIP LOCKED
  ), lines AS (DELETE FROM portolan.job_log WHERE job_id IN (SELECT id FROM old))
  DELETE FROM portolan.job WHERE id IN (SELECT id FROM old) RETURNING id`;

/** Forgets jobs a week after they were done, failed ones after a month. */
export async function pruneJobs(db: Db): Promise<void> {
  for (let batch = 0; batch < batchesPerRound; batch++) {
    const rows = await db.prepared('queue_prune', prune);
    if (rows.length < 1000) return;
  }
}
