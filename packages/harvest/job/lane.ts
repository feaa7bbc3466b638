import type { Sql } from '@portolan/db';

/**
 * The slots of the workers are split, so that nobody waits behind what takes hours: `first` is for jobs that somebody
 * asked for, `long` for scheduled ones whose source took long the last time; all others have the ordinary slots.
 */
export type Lane = 'first' | 'long' | undefined;

/** Seconds from which on a job was a long one. */
const long = 600;

/** The lane of a new job. */
export async function laneFor(sql: Sql, sourceId: string, options: { byHand: boolean }): Promise<Lane> {
  if (options.byHand) return 'first';
  const [last] = await sql.rows<{ seconds: number }>(
    `SELECT extract(epoch FROM finished - gather_started)::float8 AS seconds FROM harvest_job
     WHERE source_id = $1 AND status = 'Finished' AND finished IS NOT NULL AND gather_started IS NOT NULL
     ORDER BY created DESC LIMIT 1`,
    [sourceId],
  );
  return last && last.seconds > long ? 'long' : undefined;
}

/** The lane of a job; CKAN's own jobs have the ordinary one. */
export async function laneOf(sql: Sql, jobId: string): Promise<Lane> {
  const [state] = await sql.rows<{ lane: Lane | null }>(
    `SELECT lane FROM portolan.harvest_job_state WHERE job_id = $1`,
    [jobId],
  );
  return state?.lane ?? undefined;
}
