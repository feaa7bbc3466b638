import type { Sql } from '@portolan/db';
import { presentJob, spacedTime } from '../job/job.presenter.ts';
import { newestJob } from '../job/job.repo.ts';
import { maskConfig } from './secret.rules.ts';
import { parsedConfig } from './source.repo.ts';

export interface ListedSource {
  id: string;
  url: string;
  title: string | null;
  description: string | null;
  config: string | null;
  created: string | null;
  type: string;
  active: boolean | null;
  user_id: string | null;
  publisher_id: string | null;
  frequency: string | null;
  next_run: string | null;
}

export interface SourceFilter {
  organizationId: string | undefined;
  onlyActive: boolean;
  /** Only sources with a schedule that are due then. */
  dueAt: string | undefined;
  limit: number;
}

export function listedSources(sql: Sql, filter: SourceFilter): Promise<ListedSource[]> {
  return sql.rows<ListedSource>(
    `SELECT s.id, s.url, s.title, s.description, s.config, s.created, s.type, s.active, s.user_id, s.publisher_id, s.frequency, s.next_run
     FROM harvest_source s LEFT JOIN package p ON p.id = s.id
     WHERE ($1::text IS NULL OR p.owner_org = $1) AND (NOT $2 OR s.active)
       AND ($3::timestamp IS NULL OR (s.frequency <> 'MANUAL' AND (s.next_run IS NULL OR s.next_run <= $3)))
     ORDER BY s.created DESC, s.id LIMIT $4`,
    [filter.organizationId ?? null, filter.onlyActive, filter.dueAt ?? null, filter.limit],
  );
}

/** A source as harvest_source_list answers it: the columns of its row, and what its jobs are up to. */
export async function presentListed(
  sql: Sql,
  source: ListedSource,
  options: { lastJob: boolean; secrets: boolean },
): Promise<Record<string, unknown>> {
  const [jobs] = await sql.rows<{ n: number; pending: boolean; last: string | null }>(
    `SELECT count(*) AS n, coalesce(bool_or(status IN ('New', 'Running')), false) AS pending,
            max(gather_finished) FILTER (WHERE status = 'Finished') AS last
     FROM harvest_job WHERE source_id = $1`,
    [source.id],
  );
  const newest = options.lastJob ? await newestJob(sql, source.id) : undefined;
  const config = source.config ?? '';
  return {
    ...source,
    created: spacedTime(source.created),
    next_run: spacedTime(source.next_run),
    config: options.secrets ? config : maskConfig(config, parsedConfig(source)).text,
    publisher_title: '',
    status:
      jobs && jobs.n > 0
        ? statusOf(jobs)
        : { job_count: 0, last_harvest_request: '', msg: 'No jobs yet', next_harvest: '' },
    ...(options.lastJob
      ? { last_job_status: newest ? await presentJob(sql, newest, { summaries: true }) : null }
      : {}),
  };
}

const statusOf = (jobs: { n: number; pending: boolean; last: string | null }) => ({
  job_count: jobs.n,
  next_harvest: jobs.pending ? 'Scheduled' : 'Not yet scheduled',
  last_harvest_request: spacedTime(jobs.last) ?? 'Not yet harvested',
});
