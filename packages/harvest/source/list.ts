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
  publisher_title: string;
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

/** What `publisher_id` says beyond the owner of the source's dataset. */
const publisher = `
  CASE WHEN t.publisher_given OR s.publisher_id IS DISTINCT FROM p.owner_org THEN s.publisher_id ELSE '' END`;

/** By organisation ($1), activity ($2) and the time they are due ($3). */
const chosen = `
  ($1::text IS NULL OR p.owner_org = $1) AND (NOT $2 OR s.active)
  AND ($3::timestamp IS NULL OR (s.frequency <> 'MANUAL' AND (s.next_run IS NULL OR s.next_run <= $3)))`;

export function listedSources(sql: Sql, filter: SourceFilter): Promise<ListedSource[]> {
  return sql.rows<ListedSource>(
    `SELECT s.id, s.url, s.title, s.description, s.config, s.created, s.type, s.active, s.user_id, ${publisher} AS publisher_id,
            coalesce(g.title, '') AS publisher_title, s.frequency, s.next_run
     FROM harvest_source s LEFT JOIN package p ON p.id = s.id
     LEFT JOIN portolan.harvest_source_state t ON t.source_id = s.id
     LEFT JOIN "group" g ON g.id = ${publisher}
     WHERE ${chosen} ORDER BY s.created DESC, s.id LIMIT $4`,
    [filter.organizationId ?? null, filter.onlyActive, filter.dueAt ?? null, filter.limit],
  );
}

/** Ids of active, unfrozen sources without a job under way, newest first. */
export async function sourcesToHarvest(
  sql: Sql,
  filter: Pick<SourceFilter, 'organizationId' | 'dueAt' | 'limit'>,
): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT s.id FROM harvest_source s LEFT JOIN package p ON p.id = s.id
     LEFT JOIN portolan.harvest_source_state t ON t.source_id = s.id
     WHERE ${chosen} AND s.active IS NOT FALSE AND NOT coalesce(t.frozen, false) AND NOT EXISTS (
       SELECT FROM harvest_job WHERE source_id = s.id AND status IN ('New', 'Running'))
     ORDER BY s.created DESC, s.id LIMIT $4`,
    [filter.organizationId ?? null, false, filter.dueAt ?? null, filter.limit],
  );
  return rows.map(({ id }) => id);
}

/** A source as harvest_source_list answers it: the columns of its row, and what its jobs are up to. */
export async function presentListed(
  sql: Sql,
  source: ListedSource,
  options: { lastJob: boolean; secrets: boolean },
): Promise<Record<string, unknown>> {
  const [jobs] = await sql.rows<{ n: number; pending: boolean; last: string | null }>(
    `SELECT count(*) AS n, coalesce(bool_or(status = 'New'), false) AS pending,
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
