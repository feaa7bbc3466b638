import type { Sql } from '@portolan/db';
import { originalUrls } from '../object/original_url.ts';
import { findSource } from '../source/source.repo.ts';
import type { JobRow } from './job.repo.ts';

interface ErrorRow {
  id: string;
  guid: string;
  package_id: string | null;
  message: string;
  line: number | null;
  stage: string;
}

export interface JobReport {
  gather_errors: { message: string }[];
  object_errors: Record<
    string,
    {
      guid: string;
      original_url?: string;
      errors: { message: string; line: number | null; type: string }[];
    }
  >;
  /** The source's server said that its listing was what it was at the job before; only when it did. */
  listing_unchanged?: true;
  /** Local edits under which this job found the source changed; only when there are any. */
  local_edits?: { package_id: string; name: string; field: string; value: unknown; source_value: unknown }[];
}

/** A job's errors as harvest_job_report answers them: of the gathering, newest first, and by record. */
export async function jobReport(sql: Sql, job: JobRow): Promise<JobReport> {
  const gather = await sql.rows<{ message: string }>(
    `SELECT message FROM harvest_gather_error WHERE harvest_job_id = $1 ORDER BY created DESC, id`,
    [job.id],
  );
  const rows = await sql.rows<ErrorRow>(
    `SELECT o.id, o.guid, o.package_id, e.message, e.line, e.stage FROM harvest_object_error e
     JOIN harvest_object o ON o.id = e.harvest_object_id WHERE o.harvest_job_id = $1 ORDER BY o.gathered, o.id, e.created, e.id`,
    [job.id],
  );
  const source = await findSource(sql, job.source_id);
  const urls = await originalUrls(sql, source, [...new Map(rows.map((row) => [row.id, row])).values()]);
  const objects: JobReport['object_errors'] = {};
  for (const row of rows) {
    const url = urls.get(row.id);
    objects[row.id] ??= { guid: row.guid, ...(url ? { original_url: url } : {}), errors: [] };
    objects[row.id]?.errors.push({ message: row.message, line: row.line, type: row.stage });
  }
  const edits = await sql.rows<NonNullable<JobReport['local_edits']>[number]>(
    `SELECT v.package_id, p.name, v.field, v.value, v.source_value FROM portolan.harvest_overlay v
     JOIN package p ON p.id = v.package_id WHERE v.job_id = $1 ORDER BY p.name, v.field`,
    [job.id],
  );
  const unchanged = await sql.rows(
    `SELECT FROM portolan.harvest_job_state WHERE job_id = $1 AND listing_unchanged`,
    [job.id],
  );
  return {
    ...(unchanged.length > 0 ? { listing_unchanged: true } : {}),
    ...(edits.length > 0 ? { local_edits: edits } : {}),
    gather_errors: gather.map(({ message }) => ({ message })),
    object_errors: objects,
  };
}
