import type { Tx } from '@portolan/db';
import type { Job } from './job.ts';

export interface Request {
  /** Id of the subject: all that a handler is given. */
  key: string;
  /**
   * A request whose value is already waiting for its first run is that request; null never is. The key when
   * it is left out.
   */
  idempotencyKey?: string | null;
  /** Milliseconds from now before which it does not run. */
  delay?: number;
}

const longestKey = 1000;

/**
 * A conflicting row is touched, not left alone: that locks it until this transaction ends, so a worker cannot
 * run it on data that lack this transaction's changes; and the hint is given anew, should a worker have been
 * turned away meanwhile.
 */
const insert = `
  INSERT INTO portolan.job AS j (queue, name, max_attempts, key, idempotency, run_after)
  SELECT $1, $2, $3, r.key, r.idempotency, now() + r.delay * interval '1 millisecond'
  FROM unnest($4::text[], $5::text[], $6::float8[]) WITH ORDINALITY AS r (key, idempotency, delay, position)
  ORDER BY position
  ON CONFLICT (name, idempotency) WHERE state = 'waiting' AND idempotency IS NOT NULL
  DO UPDATE SET run_after = LEAST(j.run_after, EXCLUDED.run_after), enqueued_at = NULL
  RETURNING id`;

/**
 * Asks for a job to be done once the transaction is committed; a roll-back takes it back. Only a row is
 * written: what hands it to a worker runs after the commit.
 * @returns the job's id; of the waiting job when there is one of the same idempotency key.
 */
export async function enqueue(tx: Tx, job: Job, request: Request): Promise<number> {
  const [id] = await enqueueAll(tx, job, [request]);
  return id!;
}

/** Like `enqueue`, in one statement; ids in the order of the requests, one for requests that are the same. */
export async function enqueueAll(tx: Tx, job: Job, requests: Request[]): Promise<number[]> {
  const once = new Map<string | symbol, Required<Request>>();
  for (const { key, idempotencyKey = key, delay = 0 } of requests) {
    if (!key.isWellFormed() || key.includes('\0') || key.length > longestKey)
      throw new RangeError(`no key of a job: ${JSON.stringify(key.slice(0, 100))}`);
    once.set(idempotencyKey ?? Symbol(), { key, idempotencyKey, delay });
  }
  if (once.size === 0) return [];
  const wanted = [...once.values()];
  const rows = await tx.prepared<{ id: number }>('queue_enqueue', insert, [
    job.queue,
    job.name,
    job.maxAttempts,
    wanted.map((one) => one.key),
    wanted.map((one) => one.idempotencyKey),
    wanted.map((one) => one.delay),
  ]);
  return rows.map((row) => row.id);
}
