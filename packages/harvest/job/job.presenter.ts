import type { Sql } from '@portolan/db';
import type { JobRow } from './job.repo.ts';

export interface JobDict extends Omit<JobRow, 'status'> {
  status: string;
  stats: Record<string, number>;
  object_error_summary?: { message: string; error_count: number }[];
  gather_error_summary?: { message: string; error_count: number }[];
}

/** CKAN writes these times with a blank, and six digits unless the fraction is zero. */
export function spacedTime(value: string | null): string | null {
  if (value === null) return null;
  const [seconds = '', fraction] = value.replace('T', ' ').split('.');
  return fraction === undefined || /^0*$/.test(fraction) ? seconds : `${seconds}.${fraction.padEnd(6, '0')}`;
}

/**
 * A job as harvest_job_show answers it. `stats` counts records by report status (those without one under
 * `null`: what is left to do); `errored` is the number of records with error rows, when there are any, plus
 * the gather errors.
 */
export async function presentJob(sql: Sql, job: JobRow, options: { summaries: boolean }): Promise<JobDict> {
  const counts = await sql.rows<{ report_status: string | null; n: number }>(
    `SELECT report_status, count(*) AS n FROM harvest_object WHERE harvest_job_id = $1 GROUP BY report_status`,
    [job.id],
  );
  const stats: Record<string, number> = { added: 0, updated: 0, 'not modified': 0, errored: 0, deleted: 0 };
  for (const { report_status, n } of counts) stats[report_status ?? 'null'] = n;
  const [errors] = await sql.rows<{ objects: number; gather: number }>(
    `SELECT (SELECT count(DISTINCT o.id) FROM harvest_object o JOIN harvest_object_error e ON e.harvest_object_id = o.id
             WHERE o.harvest_job_id = $1) AS objects,
            (SELECT count(*) FROM harvest_gather_error WHERE harvest_job_id = $1) AS gather`,
    [job.id],
  );
  if (errors && errors.objects > 0) stats['errored'] = errors.objects;
  stats['errored'] = (stats['errored'] ?? 0) + (errors?.gather ?? 0);
  const dict: JobDict = {
    id: job.id,
    created: spacedTime(job.created) ?? '',
    gather_started: spacedTime(job.gather_started),
    gather_finished: spacedTime(job.gather_finished),
    finished: spacedTime(job.finished),
    source_id: job.source_id,
    status: job.status,
    stats,
  };
  if (!options.summaries) return dict;
  dict.object_error_summary = await summary(
    sql,
    `SELECT e.message, count(*) AS error_count FROM harvest_object_error e JOIN harvest_object o ON o.id = e.harvest_object_id
     WHERE o.harvest_job_id = $1`,
    'e.message',
    job.id,
  );
  dict.gather_error_summary = await summary(
    sql,
    `SELECT message, count(*) AS error_count FROM harvest_gather_error WHERE harvest_job_id = $1`,
    'message',
    job.id,
  );
  return dict;
}

const summary = (sql: Sql, select: string, group: string, jobId: string) =>
  sql.rows<{ message: string; error_count: number }>(
    `${select} GROUP BY ${group} ORDER BY error_count DESC, ${group} LIMIT 20`,
    [jobId],
  );
