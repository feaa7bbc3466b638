import type { Sql } from '@portolan/db';
import { presentJob, spacedTime } from '../job/job.presenter.ts';
import { listJobs } from '../job/job.repo.ts';
import type { Source } from '../source/source.repo.ts';
import { type FindingKind, findFindings } from './finding.repo.ts';

const runsShown = 10;
const recordsShown = 100;

/** How the remote answered during a run; milliseconds from a request until the head of its answer. */
interface Remote {
  requests: number;
  failed: number;
  mean_ms: number | null;
  slowest_ms: number | null;
}

/** How many there were, also where not all are listed. */
interface Findings {
  duplicates: number;
  missing_identifiers: number;
  in_other_sources: number;
}

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
    remote: Remote;
    findings: Findings;
  }[];
  /** What the newest run that has listed records found of them, in the order of the listing; `position` counts from 1. */
  duplicates: { guid: string; position: number }[];
  missing_identifiers: { record: string; position: number }[];
  /** Records that another source has too; its title, where everybody may see it. */
  in_other_sources: { guid: string; position: number; source: string | null }[];
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
      ...(await measuredRun(sql, job.id)),
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
    ...(await listedFindings(sql, jobs.find((job) => job.gather_started !== null)?.id)),
    invalid,
  };
}

async function measuredRun(sql: Sql, jobId: string): Promise<{ remote: Remote; findings: Findings }> {
  const [state] = await sql.rows<Findings & Remote>(
    `SELECT duplicates, unidentified AS missing_identifiers, elsewhere AS in_other_sources, requests,
            failed_requests AS failed, (answer_ms / nullif(requests, 0))::integer AS mean_ms,
            CASE WHEN requests > 0 THEN slowest_ms END AS slowest_ms
     FROM portolan.harvest_job_state WHERE job_id = $1`,
    [jobId],
  );
  const { duplicates = 0, missing_identifiers = 0, in_other_sources = 0 } = state ?? {};
  const { requests = 0, failed = 0, mean_ms = null, slowest_ms = null } = state ?? {};
  return {
    remote: { requests, failed, mean_ms, slowest_ms },
    findings: { duplicates, missing_identifiers, in_other_sources },
  };
}

async function listedFindings(
  sql: Sql,
  jobId: string | undefined,
): Promise<Pick<FeedHealth, 'duplicates' | 'missing_identifiers' | 'in_other_sources'>> {
  const findings = jobId === undefined ? [] : await findFindings(sql, jobId, recordsShown);
  const of = (kind: FindingKind) => findings.filter((finding) => finding.kind === kind);
  return {
    duplicates: of('duplicate').map(({ record, position }) => ({ guid: record, position })),
    missing_identifiers: of('unidentified').map(({ record, position }) => ({ record, position })),
    in_other_sources: of('elsewhere').map(({ record, position, other }) => ({
      guid: record,
      position,
      source: other,
    })),
  };
}

const momentOf = (time: string): number => Date.parse(`${time.replace(' ', 'T')}Z`);
