import type { Sql, Tx } from '@portolan/db';
import type { Lane } from './lane.ts';

export type JobStatus = 'New' | 'Running' | 'Finished' | 'Aborted';

export interface JobRow {
  id: string;
  created: string;
  gather_started: string | null;
  gather_finished: string | null;
  finished: string | null;
  source_id: string;
  status: JobStatus;
}

const columns = 'id, created, gather_started, gather_finished, finished, source_id, status';

export async function findJob(sql: Sql, id: string): Promise<JobRow | undefined> {
  return (await sql.rows<JobRow>(`SELECT ${columns} FROM harvest_job WHERE id = $1`, [id]))[0];
}

/** The newest job of a source, whatever its state. */
export async function newestJob(sql: Sql, sourceId: string): Promise<JobRow | undefined> {
  const rows = await sql.rows<JobRow>(
    `SELECT ${columns} FROM harvest_job WHERE source_id = $1 ORDER BY created DESC LIMIT 1`,
    [sourceId],
  );
  return rows[0];
}

/** Newest first. */
export function listJobs(
  sql: Sql,
  filter: { sourceId?: string; status?: string; limit?: number },
): Promise<JobRow[]> {
  return sql.rows<JobRow>(
    `SELECT ${columns} FROM harvest_job
     WHERE ($1::text IS NULL OR source_id = $1) AND ($2::text IS NULL OR status = $2) ORDER BY created DESC LIMIT $3`,
    [filter.sourceId ?? null, filter.status ?? null, filter.limit ?? null],
  );
}

export async function insertJob(
  tx: Tx,
  job: { id: string; created: string; sourceId: string; status: JobStatus; lane: Lane },
): Promise<void> {
  await tx.rows(`INSERT INTO harvest_job (id, created, source_id, status) VALUES ($1, $2, $3, $4)`, [
    job.id,
    job.created,
    job.sourceId,
    job.status,
  ]);
  await tx.rows(`INSERT INTO portolan.harvest_job_state (job_id, lane) VALUES ($1, $2)`, [
    job.id,
    job.lane ?? null,
  ]);
}

/** Locks the job against its other changes until the transaction ends. */
export async function lockJob(tx: Tx, id: string): Promise<JobRow | undefined> {
  // Its row of ours is made on the way: CKAN may have made the job.
  await tx.rows(
    `INSERT INTO portolan.harvest_job_state (job_id) SELECT id FROM harvest_job WHERE id = $1 ON CONFLICT DO NOTHING`,
    [id],
  );
  return lockTakenJob(tx, id);
}

/** Locks a job that `lockJob` has had before, and writes nothing. */
export async function lockTakenJob(tx: Tx, id: string): Promise<JobRow | undefined> {
  return (await tx.rows<JobRow>(`SELECT ${columns} FROM harvest_job WHERE id = $1 FOR UPDATE`, [id]))[0];
}

export const addGatherError = (
  tx: Tx,
  error: { id: string; jobId: string; message: string; created: string },
): Promise<void> => addGatherErrors(tx, error, [error]);

/** One that is there already is not added again. */
export async function addGatherErrors(
  tx: Tx,
  { jobId, created }: { jobId: string; created: string },
  errors: readonly { id: string; message: string }[],
): Promise<void> {
  await tx.rows(
    `INSERT INTO harvest_gather_error (id, harvest_job_id, message, created)
     SELECT id, $1, message, $2 FROM unnest($3::text[], $4::text[]) AS n(id, message) ON CONFLICT DO NOTHING`,
    [jobId, created, errors.map(({ id }) => id), errors.map(({ message }) => message.replaceAll('\0', ''))],
  );
}

/** Start of the latest job that gathered everything and had no errors, other than this one. */
export async function lastErrorFree(sql: Sql, job: JobRow): Promise<string | undefined> {
  const rows = await sql.rows<{ gather_started: string }>(
    `SELECT j.gather_started FROM harvest_job j JOIN portolan.harvest_job_state t ON t.job_id = j.id
     WHERE j.source_id = $1 AND j.id <> $2 AND j.status = 'Finished' AND t.error_free AND j.gather_started IS NOT NULL
     ORDER BY j.gather_started DESC LIMIT 1`,
    [job.source_id, job.id],
  );
  return rows[0]?.gather_started;
}

/** Whether no job but this one is under way. */
export async function isAlone(sql: Sql, id: string): Promise<boolean> {
  const others = await sql.rows(`SELECT FROM harvest_job WHERE status = 'Running' AND id <> $1 LIMIT 1`, [
    id,
  ]);
  return others.length === 0;
}
