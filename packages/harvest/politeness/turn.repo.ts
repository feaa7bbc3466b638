import type { Db, Tx } from '@portolan/db';

export interface Limits {
  /** Requests at once to a host. */
  concurrency: number;
  /** Milliseconds between the starts of two requests. */
  minInterval: number;
  /** Milliseconds that a turn lasts unless it is renewed. */
  lease: number;
}

/** What a process has left of a time in which it alone starts requests, and when that ends, as it was told. */
export interface TimeLeft {
  milliseconds: number;
  end: string | undefined;
}

/** What a process has of a host, and what it asks for besides. */
export interface Asked {
  host: string;
  /** Ids of its turns, each the right to one request at a time. */
  held: readonly string[];
  /** Id of a further turn. */
  further: string | undefined;
  /** Milliseconds for which it alone is to start requests. */
  span: number;
  left: TimeLeft;
}

export interface Granted {
  /** Whether it has the further turn. */
  turn: boolean;
  /** Milliseconds until its time to start requests begins. */
  wait: number;
  /** When that ends, by the database's clock. */
  end: string;
}

/** Whoever has asked in vain asks again within so many milliseconds, or wants no turn any more. */
const patience = 1000;

/** A turn is over in a moment: nobody waits until the disk has it. */
const unsafe = `set_config('synchronous_commit', 'off', true)`;

/** The time that a process has not used is given to whoever comes next, unless somebody has taken what follows it. */
const unused = (end: string, milliseconds: string) =>
  `CASE WHEN next_start::text = ${end} THEN next_start - ${milliseconds}::float8 * interval '1 millisecond' ELSE next_start END`;

/**
 * Renews the turns that a process has at a host, gives it a further one, and a time of its own to start requests.
 * @returns undefined when there is no further turn; `wanted` when others, who have none at all, wait for one of its
 */
export function askForTurns(
  db: Db,
  asked: Asked,
  { concurrency, lease }: Pick<Limits, 'concurrency' | 'lease'>,
): Promise<Granted | 'wanted' | undefined> {
  const { host, held, further, span, left } = asked;
  return db.transact(async (tx) => {
    // Locks the host's row, so that turns are counted by one at a time.
    const [row] = await tx.rows<{ wanted: boolean | null }>(
      `INSERT INTO portolan.fetch_host (host, next_start) VALUES ($1, clock_timestamp())
       ON CONFLICT (host) DO UPDATE SET host = excluded.host
       RETURNING wanted_until > clock_timestamp() AS wanted, ${unsafe}`,
      [host],
    );
    if (row?.wanted && held.length > 0) return 'wanted';
    const turn = further === undefined || (await takeTurn(tx, { host, id: further, concurrency, lease }));
    if (!turn && held.length === 0) {
      await tx.rows(
        `UPDATE portolan.fetch_host SET wanted_until = clock_timestamp() + ${patience} * interval '1 millisecond'
         WHERE host = $1`,
        [host],
      );
      return undefined;
    }
    if (held.length > 0) await renewTurns(tx, held, lease);
    const [time] = await tx.rows<{ wait: number; end: string }>(
      `UPDATE portolan.fetch_host SET wanted_until = CASE WHEN $5 THEN NULL ELSE wanted_until END,
         next_start = greatest(${unused('$3', '$4')}, clock_timestamp()) + $2::float8 * interval '1 millisecond'
       WHERE host = $1
       RETURNING extract(epoch FROM next_start - clock_timestamp())::float8 * 1000 - $2::float8 AS wait, next_start::text AS end`,
      [host, span, left.end, left.milliseconds, turn && held.length === 0],
    );
    return time && { turn, wait: Math.max(0, time.wait), end: time.end };
  });
}

async function takeTurn(
  tx: Tx,
  { host, id, concurrency, lease }: { host: string; id: string } & Pick<Limits, 'concurrency' | 'lease'>,
): Promise<boolean> {
  const taken = await tx.rows(
    `WITH expired AS (
       DELETE FROM portolan.fetch_turn WHERE host = $2 AND until < statement_timestamp()
     )
     INSERT INTO portolan.fetch_turn (id, host, until)
     SELECT $1, $2, clock_timestamp() + $4::float8 * interval '1 millisecond'
     WHERE $3 > (SELECT count(*) FROM portolan.fetch_turn WHERE host = $2 AND until >= statement_timestamp())
     RETURNING id`,
    [id, host, concurrency, lease],
  );
  return taken.length > 0;
}

export const renewTurns = (sql: Pick<Db, 'rows'>, ids: readonly string[], lease: number): Promise<unknown> =>
  sql.rows(
    `UPDATE portolan.fetch_turn SET until = clock_timestamp() + $2::float8 * interval '1 millisecond' WHERE id = ANY($1)`,
    [ids, lease],
  );

/** Gives turns back, and what is left of the time to start requests. */
export const returnTurns = (
  db: Db,
  { host, ids, left }: { host: string; ids: readonly string[]; left: TimeLeft },
): Promise<unknown> =>
  db.rows(
    `WITH returned AS (DELETE FROM portolan.fetch_turn WHERE id = ANY ($2))
     UPDATE portolan.fetch_host SET next_start = ${unused('$3', '$4')} WHERE host = $1 RETURNING ${unsafe}`,
    [host, ids, left.end, left.milliseconds],
  );
