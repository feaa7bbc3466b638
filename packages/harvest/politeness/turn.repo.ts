import type { Db } from '@portolan/db';

export interface Turn {
  id: string;
  host: string;
}

export interface Limits {
  /** Requests at once to a host. */
  concurrency: number;
  /** Milliseconds between the starts of two requests. */
  minInterval: number;
  /** Milliseconds that a turn lasts unless it is renewed. */
  lease: number;
}

/** A turn is over in a moment: nobody waits until the disk has it. */
const unsafe = `set_config('synchronous_commit', 'off', true)`;

/**
 * Takes a turn if one is free.
 * @returns milliseconds until its request may start; undefined when all turns are taken
 */
export function takeTurn(db: Db, turn: Turn, limits: Limits): Promise<number | undefined> {
  return db.transact(async (tx) => {
    // Locks the host's row, so that the count below is of one taker at a time.
    await tx.rows(
      `INSERT INTO portolan.fetch_host (host, next_start) VALUES ($1, clock_timestamp())
       ON CONFLICT (host) DO UPDATE SET host = excluded.host RETURNING ${unsafe}`,
      [turn.host],
    );
    const [taken] = await tx.rows<{ wait: number }>(
      `WITH expired AS (
         DELETE FROM portolan.fetch_turn WHERE host = $2 AND until < statement_timestamp()
       ), taken AS (
         INSERT INTO portolan.fetch_turn (id, host, until)
         SELECT $1, $2, clock_timestamp() + $5::float8 * interval '1 millisecond'
         WHERE $3 > (SELECT count(*) FROM portolan.fetch_turn WHERE host = $2 AND until >= statement_timestamp())
         RETURNING id
       )
       UPDATE portolan.fetch_host
       SET next_start = greatest(next_start, clock_timestamp()) + $4::float8 * interval '1 millisecond'
       WHERE host = $2 AND EXISTS (SELECT FROM taken)
       RETURNING extract(epoch FROM next_start - clock_timestamp())::float8 * 1000 - $4::float8 AS wait`,
      [turn.id, turn.host, limits.concurrency, limits.minInterval, limits.lease],
    );
    return taken && Math.max(0, taken.wait);
  });
}

export const renewTurns = (db: Db, ids: string[], lease: number): Promise<unknown> =>
  db.rows(
    `UPDATE portolan.fetch_turn SET until = clock_timestamp() + $2::float8 * interval '1 millisecond' WHERE id = ANY($1)`,
    [ids, lease],
  );

export const returnTurn = (db: Db, id: string): Promise<unknown> =>
  db.rows(`DELETE FROM portolan.fetch_turn WHERE id = $1 RETURNING ${unsafe}`, [id]);
