import type { Sql } from '@portolan/db';
import { type Config, timestamp } from '@portolan/kernel';
import { isQuiet } from '../source/quiet_hours.rules.ts';
import { parsedConfig } from '../source/source.repo.ts';
import { type HostTraffic, hostTraffic, jobCounts, type SourceErrors, sourceErrors } from './measures.ts';
import { throughput } from './throughput.ts';

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
  /** Since when the oldest of those that wait does; before its gathering begins, the job itself. */
  waiting_since: string | null;
  /** Why nobody is to work on it now. `resting`: its remote has stopped answering. */
  waits: 'paused' | 'resting' | 'quiet hours' | null;
  /** When it goes on by itself, where that is known. */
  waits_until: string | null;
  stalled: boolean;
}

export interface HarvestStatus {
  running: JobStatus[];
  waiting: number;
  working: number;
  /** Jobs whose worker has shown no life for `portolan.harvest.stalled_after_s`; the reconciler hands them on. */
  stalled: number;
  oldest_heartbeat: string | null;
  /** Since when the oldest job, or record of one, waits for a worker. */
  oldest_waiting: string | null;
  /** By status, those that are over too. */
  jobs: Record<string, number>;
  /** That all workers together were done with in the last whole minute. */
  records_per_second: number;
  /** Active sources whose last job failed for the most part come first. */
  sources: SourceErrors[];
  /** Those that were asked most within a day. */
  hosts: HostTraffic[];
}

interface Row extends Omit<JobStatus, 'waits' | 'waits_until' | 'stalled'> {
  silent: boolean;
  paused: string | null;
  resting_until: string | null;
  config: string | null;
}

/** What the harvesters are at, as the tables tell it: queues may be emptied without any of it being lost. */
export async function harvestStatus(
  sql: Sql,
  now: number,
  { harvestStalledAfter: stalledAfter }: Pick<Config, 'harvestStalledAfter'>,
): Promise<HarvestStatus> {
  const rows = await sql.rows<Row>(
    `SELECT id, source_id, source, created, stage, waiting, working, heartbeat, waiting_since, coalesce(heartbeat < $1, false) AS silent,
            paused, CASE WHEN resting_until > $2 THEN resting_until END AS resting_until, config
     FROM (SELECT j.id, j.source_id, p.name AS source, j.created,
                  CASE WHEN j.gather_finished IS NULL THEN 'gather' ELSE 'import' END AS stage, w.waiting, w.working,
                  CASE WHEN j.gather_finished IS NULL THEN greatest(t.heartbeat, t.resumed, j.created) ELSE w.heartbeat END AS heartbeat,
                  CASE WHEN j.gather_started IS NULL THEN j.created WHEN w.waiting > 0 THEN j.gather_finished END AS waiting_since,
                  t.paused, t.resting_until, s.config
           FROM harvest_job j LEFT JOIN package p ON p.id = j.source_id
           LEFT JOIN harvest_source s ON s.id = j.source_id
           LEFT JOIN portolan.harvest_job_state t ON t.job_id = j.id
           CROSS JOIN LATERAL (
             SELECT count(*) FILTER (WHERE claimed_by IS NULL) AS waiting, count(claimed_by) AS working,
                    min(heartbeat) FILTER (WHERE claimed_by IS NOT NULL) AS heartbeat
             FROM portolan.harvest_work WHERE job_id = j.id) AS w
           WHERE j.status = 'Running') AS job
     ORDER BY created, id`,
    [timestamp(now - stalledAfter * 1000), timestamp(now)],
  );
  const running = rows.map((row) => present(row, now));
  const sum = (count: (job: JobStatus) => number) => running.reduce((total, job) => total + count(job), 0);
  const [oldest] = running.flatMap(({ heartbeat }) => heartbeat ?? []).sort();
  const [waiting] = running.flatMap((job) => (job.waits === null ? (job.waiting_since ?? []) : [])).sort();
  return {
    running,
    waiting: sum(({ waiting }) => waiting),
    working: sum(({ working }) => working),
    stalled: sum(({ stalled }) => Number(stalled)),
    oldest_heartbeat: oldest ?? null,
    oldest_waiting: waiting ?? null,
    jobs: await jobCounts(sql),
    records_per_second: await throughput(sql),
    sources: await sourceErrors(sql),
    hosts: await hostTraffic(sql),
  };
}

function present({ silent, paused, resting_until: until, config, ...job }: Row, now: number): JobStatus {
  const waits =
    paused !== null
      ? 'paused'
      : until !== null
        ? 'resting'
        : isQuiet(parsedConfig({ config }), now)
          ? 'quiet hours'
          : null;
  // One that waits shows no life, and nobody has to look after it.
  return {
    ...job,
    waits,
    waits_until: waits === 'resting' ? until : null,
    stalled: silent && waits === null,
  };
}
