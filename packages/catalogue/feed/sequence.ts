import type { Site } from '../action/call.ts';

const day = 86_400_000;

/**
 * Gives positions to the changes that were committed since the last time. Any number of processes may call it: one
 * does it, the others return at once.
 * @returns how many it placed
 */
export async function sequenceChanges(site: Site): Promise<number> {
  const rows = await site.db.prepared<{ placed: number }>(
    'sequence_changes',
    'SELECT portolan.sequence_changes() AS placed',
  );
  return rows[0]?.placed ?? 0;
}

/** Forgets changes beyond the retention, but for the last, so that there is always one that a cursor can name. */
export async function forgetChanges(site: Site): Promise<number> {
  const rows = await site.db.rows<{ gone: number }>(
    `WITH gone AS (
       DELETE FROM portolan.change
       WHERE sequenced < to_timestamp($1::float8 / 1000) AT TIME ZONE 'UTC'
         AND position < (SELECT max(position) FROM portolan.change)
       RETURNING 1)
     SELECT count(*)::int AS gone FROM gone`,
    [site.runtime.now() - site.config.changesRetention * day],
  );
  return rows[0]?.gone ?? 0;
}
