import type { Sql } from '@portolan/db';
import { timestamp } from '@portolan/kernel';

/** A job that is under way, and what is left of it. */
export interface JobStatus {
  id: string;
  source_id: string;
  source: string | null;
  created: string;
  /** `gather` until the source has been listed to its end. */
  stage: 'gather' | 'import';
  /** Records that nobody works on yet, and those that somebody does. */
  waiting: number;
  working: number;
  /** The oldest sign of life of those that work on it. */
  heartbeat: string | null;
  stalled: boolean;
}

export interface HarvestStatus {
  running: JobStatus[];
  waiting: number;
  working: number;
  /** Jobs whose worker has shown no life for two minutes; the reconciler hands them on. */
  stalled: number;
  oldest_heartbeat: string | null;
}

const staleAfter = 120_000;

/** What the harvesters are at, as the tables tell it: queues may be emptied without any of it being lost. */
export async function harvestStatus(sql: Sql, now: number): Promise<HarvestStatus> {
  const running = await sql.rows<JobStatus>(
    `SELECT id, source_id, source, created, stage, waiting, working, heartbeat, coalesce(heartbeat < $1, false) AS stalled
     FROM (SELECT j.id, j.source_id, p.name AS source, j.created,
                  CASE WHEN j.gather_finished IS NULL THEN 'gather' ELSE 'import' END AS stage, w.waiting, w.working,
                  CASE WHEN j.gather_finished IS NULL THEN coalesce(t.heartbeat, j.created) ELSE w.heartbeat END AS heartbeat
           FROM harvest_job j LEFT JOIN package p ON p.id = j.source_id
           LEFT JOIN portolan.harvest_job_state t ON t.job_id = j.id
           CROSS JOIN LATERAL (
             SELECT count(*) FILTER (WHERE claimed_by IS NULL) AS waiting, count(claimed_by) AS working,
                    min(heartbeat) FILTER (WHERE claimed_by IS NOT NULL) AS heartbeat
             FROM portolan.harvest_work WHERE job_id = j.id) AS w
           WHERE j.status = 'Running') AS job
     ORDER BY created, id`,
    [timestamp(now - staleAfter)],
  );
  const sum = (count: (job: JobStatus) => number) => running.reduce((total, job) => total + count(job), 0);
  const [oldest] = running.flatMap(({ heartbeat }) => heartbeat ?? []).sort();
  return {
    running,
    waiting: sum(({ waiting }) => waiting),
    working: sum(({ working }) => working),
    stalled: sum(({ stalled }) => Number(stalled)),
    oldest_heartbeat: oldest ?? null,
  };
}
