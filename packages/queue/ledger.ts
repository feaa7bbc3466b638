import type { Db } from '@portolan/db';
import { createBatcher } from './batch.ts';
import { lazily } from './lazily.ts';
import { storable } from './text.rules.ts';

/** A row that is ours until its lease ends. */
export interface Claim {
  id: number;
  token: string;
  name: string;
  key: string;
  /** Which attempt this is, from 1. */
  attempt: number;
  maxAttempts: number;
}

/** How a run ended. `released`: it goes back as if it had not begun. */
export type Ending =
  | { state: 'done' }
  | { state: 'failed' | 'cancelled'; error: string }
  | { state: 'retried'; error: string; delay: number }
  | { state: 'released' };

type Entry =
  | { kind: 'claim'; id: number; token: string; lease: number }
  | { kind: 'end'; id: number; token: string; ending: Ending };

interface Row {
  token: string;
  id: number;
  name: string;
  key: string;
  attempts: number;
  max_attempts: number;
}

/**
 * Ends and claims in one round trip and one commit. Rows that somebody holds locked are passed over rather
 * than waited for: one of them must not hold up the whole batch, and a batch that never waits cannot deadlock.
 */
const settle = `
  WITH asked AS MATERIALIZED (
    SELECT j.id, e.token, e.error, e.delay, e.state = 'released' AS uncounted,
           e.state IN ('retried', 'released') AND NOT j.abort_requested AS again,
           CASE WHEN e.state NOT IN ('retried', 'released') THEN e.state
                WHEN j.abort_requested THEN 'cancelled' ELSE 'waiting' END AS state
    FROM ${lazily},
         unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::float8[]) AS e (id, token, state, error, delay)
    JOIN portolan.job j ON j.id = e.id AND j.lease_token = e.token
    FOR UPDATE OF j SKIP LOCKED
  ), ended AS (
    UPDATE portolan.job j
    SET state = a.state, error = a.error, attempts = j.attempts - a.uncounted::integer,
        finished = CASE WHEN a.again THEN NULL ELSE clock_timestamp() END,
        run_after = CASE WHEN a.again THEN clock_timestamp() + a.delay * interval '1 millisecond' ELSE j.run_after END,
        enqueued_at = CASE WHEN a.again THEN NULL ELSE j.enqueued_at END,
        idempotency = NULL, lease_token = NULL, lease_until = NULL
    FROM asked a WHERE j.id = a.id
    RETURNING a.token
  ), wanted AS MATERIALIZED (
    SELECT j.id, c.token, c.lease
    FROM unnest($6::bigint[], $7::uuid[], $8::float8[]) AS c (id, token, lease)
    JOIN portolan.job j ON j.id = c.id AND j.state = 'waiting' AND j.run_after <= clock_timestamp()
    FOR UPDATE OF j SKIP LOCKED
  ), claimed AS (
    UPDATE portolan.job j
    SET state = 'active', attempts = j.attempts + 1, lease_token = w.token,
        lease_until = clock_timestamp() + w.lease * interval '1 millisecond',
        worker = $9, started = clock_timestamp(), error = NULL
    FROM wanted w WHERE j.id = w.id
    RETURNING j.lease_token, j.id, j.name, j.key, j.attempts, j.max_attempts
  )
  SELECT token, NULL::bigint AS id, NULL AS name, NULL AS key, NULL::integer AS attempts, NULL::integer AS max_attempts
  FROM ended
  UNION ALL SELECT * FROM claimed`;

const giveBack = `
  UPDATE portolan.job SET enqueued_at = NULL
  WHERE id IN (SELECT id FROM portolan.job WHERE id = ANY ($1::bigint[]) AND state = 'waiting' FOR UPDATE SKIP LOCKED)`;

const largestBatch = 256;
/** While one waits for the database the other is being filled. */
const statementsAtOnce = 2;

export interface Ledger {
  /** Undefined when there is nothing to do: someone else has the row, or it is done. */
  claim(id: number, token: string, lease: number): Promise<Claim | undefined>;
  /** False when the lease was lost, or the row is locked just now; then nothing was written. */
  end(claim: Claim, ending: Ending): Promise<boolean>;
  /** Lets the relay hand these rows out again. */
  giveBack(ids: number[]): Promise<void>;
  /** Tells the relays that rows went back. */
  hint(): Promise<void>;
  drain(): Promise<void>;
}

/** The job table as one worker writes it. */
export function createLedger(db: Db, worker: string): Ledger {
  const batcher = createBatcher<Entry, Row | undefined>(
    async (entries) => {
      const ends = entries.filter((entry) => entry.kind === 'end');
      const claims = entries.filter((entry) => entry.kind === 'claim');
      const rows = await db.prepared<Row>('queue_settle', settle, [
        ends.map(({ id }) => id),
        ends.map(({ token }) => token),
        ends.map(({ ending }) => ending.state),
        ends.map(({ ending }) => ('error' in ending ? storable(ending.error) : null)),
        ends.map(({ ending }) => ('delay' in ending ? ending.delay : 0)),
        claims.map(({ id }) => id),
        claims.map(({ token }) => token),
        claims.map(({ lease }) => lease),
        worker,
      ]);
      const byToken = new Map(rows.map((row) => [row.token, row]));
      return entries.map(({ token }) => byToken.get(token));
    },
    largestBatch,
    statementsAtOnce,
  );

  return {
    async claim(id, token, lease) {
      const row = await batcher.add({ kind: 'claim', id, token, lease });
      if (!row) return undefined;
      return {
        id,
        token,
        name: row.name,
        key: row.key,
        attempt: row.attempts,
        maxAttempts: row.max_attempts,
      };
    },
    async end({ id, token }, ending) {
      return (await batcher.add({ kind: 'end', id, token, ending })) !== undefined;
    },
    async giveBack(ids) {
      await db.prepared('queue_give_back', giveBack, [ids]);
    },
    async hint() {
      await db.prepared('queue_hint', `SELECT pg_notify('portolan_job', '')`);
    },
    drain: batcher.drain,
  };
}
