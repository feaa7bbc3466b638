import type { Sql } from '@portolan/db';
import { presentJob, spacedTime } from '../job/job.presenter.ts';
import { listJobs } from '../job/job.repo.ts';
import type { Source } from '../source/source.repo.ts';

const runsShown = 10;
const recordsShown = 100;

export interface FeedHealth {
  source: { id: string; name: string | null; title: string; type: string; frozen: boolean };
  health: string | null;
  since: string | null;
  held_deletions: number;
  /** The last jobs, newest first; `seconds` from start to end. */
  runs: {
    job: string;
    status: string;
    created: string;
    finished: string | null;
    seconds: number | null;
    stats: Record<string, number>;
    gather_errors: { message: string; error_count: number }[];
  }[];
  /** Records of the newest job that are invalid, with the line of their text where it is known. */
  invalid: { guid: string; stage: string; line: number | null; message: string }[];
}

/** How a source does, for whoever feeds it: nothing in it is secret. */
export async function feedHealth(sql: Sql, source: Source): Promise<FeedHealth> {
  const [state] = await sql.rows<{ health: string | null; since: string | null; held: number }>(
    `SELECT t.health, t.health_since AS since,
            (SELECT count(*) FROM portolan.harvest_held_deletion WHERE source_id = s.id) AS held
     FROM harvest_source s LEFT JOIN portolan.harvest_source_state t ON t.source_id = s.id WHERE s.id = $1`,
    [source.id],
  );
  const jobs = await listJobs(sql, { sourceId: source.id, limit: runsShown });
  const runs: FeedHealth['runs'] = [];
  for (const job of jobs) {
    const shown = await presentJob(sql, job, { summaries: true });
    runs.push({
      job: job.id,
      status: job.status,
      created: shown.created,
      finished: shown.finished,
      seconds: job.finished === null ? null : (momentOf(job.finished) - momentOf(job.created)) / 1000,
      stats: shown.stats,
      gather_errors: shown.gather_error_summary ?? [],
    });
  }
  const invalid = await sql.rows<FeedHealth['invalid'][number]>(
    `SELECT o.guid, e.stage, e.line, e.message FROM harvest_object_error e JOIN harvest_object o ON o.id = e.harvest_object_id
     WHERE o.harvest_job_id = $1 ORDER BY o.guid, e.line NULLS FIRST, e.id LIMIT ${recordsShown}`,
    [jobs[0]?.id ?? null],
  );
  const { id, name, title, type, frozen } = source;
  return {
    source: { id, name, title, type, frozen },
    health: state?.health ?? null,
    since: spacedTime(state?.since ?? null),
    held_deletions: state?.held ?? 0,
    runs,
    invalid,
  };
}

const momentOf = (time: string): number => Date.parse(`${time.replace(' ', 'T')}Z`);
