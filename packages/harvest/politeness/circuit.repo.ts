import type { Db } from '@portolan/db';

export interface CircuitLimits {
  /** Failures in a row after which a host is left alone. */
  threshold: number;
  /** Milliseconds for which it is. */
  cooldown: number;
  /** Milliseconds that the others wait for the outcome of a trial. */
  trial: number;
}

export type Circuit = { state: 'closed' | 'open' | 'tried'; failures: number };

/** How it stands with a host; `tried` by somebody else. A host that was left alone for long enough is the caller's to try. */
export async function lookAtCircuit(
  db: Db,
  host: string,
  { threshold, trial }: CircuitLimits,
): Promise<Circuit> {
  const [row] = await db.rows<{ state: Circuit['state'] | 'due'; failures: number }>(
    `SELECT failures, CASE WHEN failures < $2 THEN 'closed' WHEN open_until > clock_timestamp() THEN 'open'
                           WHEN trial_until > clock_timestamp() THEN 'tried' ELSE 'due' END AS state
     FROM portolan.fetch_host WHERE host = $1`,
    [host, threshold],
  );
  const { state, failures } = row ?? { state: 'closed', failures: 0 };
  if (state !== 'due') return { state, failures };
  // Of several that look at once the first has it.
  const mine = await db.rows(
    `UPDATE portolan.fetch_host SET trial_until = clock_timestamp() + $3::float8 * interval '1 millisecond'
     WHERE host = $1 AND failures >= $2 AND coalesce(open_until, '-infinity') <= clock_timestamp()
       AND coalesce(trial_until, '-infinity') <= clock_timestamp() RETURNING host`,
    [host, threshold, trial],
  );
  return { state: mine.length > 0 ? 'closed' : 'tried', failures };
}

export const noteSuccess = (db: Db, host: string): Promise<unknown> =>
  db.rows(
    `UPDATE portolan.fetch_host SET failures = 0, open_until = NULL, trial_until = NULL WHERE host = $1 AND failures > 0`,
    [host],
  );

export const noteFailure = (db: Db, host: string, { threshold, cooldown }: CircuitLimits): Promise<unknown> =>
  db.rows(
    `INSERT INTO portolan.fetch_host AS h (host, next_start, failures) VALUES ($1, clock_timestamp(), 1)
     ON CONFLICT (host) DO UPDATE SET failures = h.failures + 1, trial_until = NULL,
       open_until = CASE WHEN h.failures + 1 >= $2 THEN clock_timestamp() + $3::float8 * interval '1 millisecond' END`,
    [host, threshold, cooldown],
  );

/** Hosts that nobody has asked for a day are forgotten, unless they are being asked or left alone. */
export const forgetHosts = (db: Db): Promise<unknown> =>
  db.rows(
    `DELETE FROM portolan.fetch_host h WHERE next_start < clock_timestamp() - interval '1 day'
       AND coalesce(open_until, '-infinity') < clock_timestamp()
       AND NOT EXISTS (SELECT FROM portolan.fetch_turn t WHERE t.host = h.host AND t.until >= clock_timestamp())`,
  );
