import type { Sql } from '@portolan/db';
import { reason } from './planned.ts';

/** What a job has done with a record. */
export interface JobChange {
  guid: string;
  package_id: string | null;
  name: string | null;
  title: string | null;
  report_status: string | null;
  reason: string | null;
}

/** What became of a job's records, by GUID, a page of them. */
export function jobChanges(
  sql: Sql,
  jobId: string,
  page: { limit: number; offset: number },
): Promise<JobChange[]> {
  return sql.rows<JobChange>(
    `SELECT o.guid, p.id AS package_id, p.name, p.title, o.report_status, ${reason} AS reason
     FROM harvest_object o LEFT JOIN portolan.harvest_object_state s ON s.object_id = o.id
     LEFT JOIN package p ON p.id = coalesce(o.package_id, (
       SELECT c.package_id FROM harvest_object c
       WHERE c.guid = o.guid AND c.harvest_source_id = o.harvest_source_id AND c.current LIMIT 1))
     WHERE o.harvest_job_id = $1 ORDER BY o.guid, o.id LIMIT $2 OFFSET $3`,
    [jobId, page.limit, page.offset],
  );
}
