import type { Sql } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import { isQuiet } from '../source/quiet_hours.rules.ts';
import { parsedConfig } from '../source/source.repo.ts';

/** Whether a job may be worked on now: `paused` by an operator, in its source's quiet hours, while its remote is silent, or `over`. */
export async function jobStanding(
  sql: Sql,
  jobId: string,
  now: number,
): Promise<'working' | 'paused' | 'over'> {
  const [job] = await sql.rows<{ running: boolean; paused: boolean; config: string | null }>(
    `SELECT j.status = 'Running' AS running, t.paused IS NOT NULL OR coalesce(t.resting_until > $2, false) AS paused, s.config
     FROM harvest_job j JOIN harvest_source s ON s.id = j.source_id
     LEFT JOIN portolan.harvest_job_state t ON t.job_id = j.id WHERE j.id = $1`,
    [jobId, timestamp(now)],
  );
  if (!job?.running) return 'over';
  return job.paused || isQuiet(parsedConfig(job), now) ? 'paused' : 'working';
}
