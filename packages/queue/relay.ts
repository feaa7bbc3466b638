import type { Db } from '@portolan/db';
import type { Logger } from '@portolan/kernel';
import type { Backend } from './backend/backend.ts';
import { type DueRow, messagesFor } from './bundle.rules.ts';
import { lazily } from './lazily.ts';

const largestBatch = 500;
/** Milliseconds between looks when no notification comes: those are hints, looking is the truth. */
export const relayInterval = 1000;

/**
 * Rows are marked before they are handed out, in a transaction of their own: no lock is held while the queue is
 * asked, and the row is free when a worker comes for it. If we die in between, the reconciler hands it out.
 */
const take = `
  UPDATE portolan.job j SET enqueued_at = clock_timestamp(), enqueues = j.enqueues + 1
  WHERE j.id IN (
    SELECT id FROM ${lazily}, portolan.job
    WHERE state = 'waiting' AND enqueued_at IS NULL AND run_after <= now()
    ORDER BY run_after, id LIMIT ${largestBatch} FOR UPDATE OF job SKIP LOCKED)
  RETURNING j.id, j.queue, j.name, j.enqueues`;

const putBack = `
  UPDATE portolan.job SET enqueued_at = NULL
  WHERE id IN (SELECT id FROM portolan.job WHERE id = ANY ($1::bigint[]) AND state = 'waiting' FOR UPDATE SKIP LOCKED)`;

const nextDue = `
  SELECT 1000 * extract(epoch FROM min(run_after) - clock_timestamp())::float8 AS milliseconds
  FROM portolan.job WHERE state = 'waiting' AND enqueued_at IS NULL`;

export interface RelayParts {
  db: Db;
  backend: Backend;
  logger: Logger;
  /** Most rows of a message, by job name. */
  bundles: ReadonlyMap<string, number>;
}

/** Hands every due row to the queue. @returns milliseconds until the next row is due. */
export async function relayRound({ db, backend, logger, bundles }: RelayParts): Promise<number | undefined> {
  for (;;) {
    const rows = await db.prepared<DueRow>('queue_take', take);
    if (rows.length > 0) {
      rows.sort((a, b) => a.id - b.id);
      try {
        for (const [queue, messages] of messagesFor(rows, bundles)) await backend.add(queue, messages);
      } catch (error) {
        await db.prepared('queue_put_back', putBack, [rows.map(({ id }) => id)]);
        throw error;
      }
      logger.debug({ rows: rows.length }, 'jobs were handed to the queue');
    }
    if (rows.length < largestBatch) break;
  }
  const [next] = await db.prepared<{ milliseconds: number | null }>('queue_next_due', nextDue);
  return next?.milliseconds == null ? undefined : Math.max(0, Math.ceil(next.milliseconds));
}
