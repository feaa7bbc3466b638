import type { Sql } from '@portolan/db';
import type { JobRow } from '../job/job.repo.ts';
import type { Source } from '../source/source.repo.ts';

const pythonBoolean = (value: boolean): string => (value ? 'True' : 'False');

/** A source as operators' scripts know it from `ckan harvester`. */
export async function sourceBlock(sql: Sql, source: Source): Promise<string[]> {
  const [jobs] = await sql.rows<{ n: number }>(`SELECT count(*) AS n FROM harvest_job WHERE source_id = $1`, [
    source.id,
  ]);
  return [
    `Source id: ${source.id}`,
    ...(source.name ? [`\tname: ${source.name}`] : []),
    `\turl: ${source.url}`,
    `\ttype: ${source.type}`,
    `\tactive: ${pythonBoolean(source.active)}`,
    `\tfrequency: ${source.frequency}`,
    `\tjobs: ${jobs?.n ?? 0}`,
    // CKAN has no such line, and no frozen sources.
    ...(source.frozen ? [`\tfrozen: ${source.frozen_reason || 'True'}`] : []),
    '',
  ];
}

export async function jobBlock(sql: Sql, job: JobRow): Promise<string[]> {
  const [counts] = await sql.rows<{ objects: number; errors: number; messages: string[] | null }>(
    `SELECT (SELECT count(*) FROM harvest_object WHERE harvest_job_id = $1) AS objects,
            (SELECT count(*) FROM harvest_gather_error WHERE harvest_job_id = $1) AS errors,
            (SELECT array_agg(message ORDER BY created) FROM harvest_gather_error WHERE harvest_job_id = $1) AS messages`,
    [job.id],
  );
  return [
    `\tJob id: ${job.id}`,
    `\t\tstatus: ${job.status}`,
    `\t\tsource: ${job.source_id}`,
    `\t\tobjects: ${counts?.objects ?? 0}`,
    `\t\tgather_errors: ${counts?.errors ?? 0}`,
    ...(counts?.messages ?? []).map((message) => `\t\t\t${message}`),
    '',
  ];
}
