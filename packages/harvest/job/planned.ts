import type { Sql } from '@portolan/db';
import type { JobRow } from './job.repo.ts';

/** `compare`: only its fetched content will tell whether it has changed. */
export type PlannedAction = 'create' | 'update' | 'compare' | 'unchanged' | 'delete';

export interface PlannedRecord {
  guid: string;
  action: PlannedAction;
  /** Why; once it is applied, why that was done with it. */
  reason: string | null;
  /** What has become of it, once it is applied. */
  outcome: string | null;
}

export interface JobPlan {
  job: string;
  status: string;
  /** The source has been listed to its end; before that nothing is applied. */
  complete: boolean;
  create: number;
  update: number;
  compare: number;
  unchanged: number;
  delete: number;
  /** Deletions that the guard holds back. */
  held: number;
  /** The source's server says that its listing is what it was at the job before. */
  listing_unchanged: boolean;
  records: PlannedRecord[];
}

const planned = `
  coalesce(s.planned, CASE WHEN o.state = 'COMPLETE' AND o.report_status = 'not modified' THEN 'unchanged' ELSE 'compare' END)`;
/** Why a record is, or was, dealt with as it is; one that is the same by its listing has no more than its row. */
export const reason = `
  coalesce(s.reason, CASE WHEN o.report_status = 'not modified'
    THEN CASE WHEN o.content IS NULL AND NOT EXISTS (SELECT FROM portolan.harvest_same_content c WHERE c.object_id = o.id)
      THEN 'unchanged by its listing' ELSE 'same content' END END)`;
const from = `
  FROM harvest_object o LEFT JOIN portolan.harvest_object_state s ON s.object_id = o.id WHERE o.harvest_job_id = $1`;

/** What a job is going to do, or has done: made while the source is listed, before anything is applied. */
export async function jobPlan(
  sql: Sql,
  job: JobRow,
  page: { action: PlannedAction | undefined; limit: number; offset: number },
): Promise<JobPlan> {
  const counts = await sql.rows<{ action: PlannedAction; n: number }>(
    `SELECT ${planned} AS action, count(*) AS n ${from} GROUP BY 1`,
    [job.id],
  );
  const [state] = await sql.rows<{ held: number; listing_unchanged: boolean }>(
    `SELECT held_deletions AS held, listing_unchanged FROM portolan.harvest_job_state WHERE job_id = $1`,
    [job.id],
  );
  const records = await sql.rows<PlannedRecord>(
    `SELECT o.guid, ${planned} AS action, ${reason} AS reason, o.report_status AS outcome ${from} AND ($2::text IS NULL OR ${planned} = $2)
     ORDER BY o.guid, o.id LIMIT $3 OFFSET $4`,
    [job.id, page.action ?? null, page.limit, page.offset],
  );
  const plan: JobPlan = {
    job: job.id,
    status: job.status,
    complete: job.gather_finished !== null,
    create: 0,
    update: 0,
    compare: 0,
    unchanged: 0,
    delete: 0,
    held: state?.held ?? 0,
    listing_unchanged: state?.listing_unchanged ?? false,
    records,
  };
  for (const { action, n } of counts) plan[action] = n;
  return plan;
}
