import type { Sql } from '@portolan/db';
import { invalid } from '@portolan/kernel';
import type { Params } from '../action/call.ts';
import { isoTime } from '../dataset/time.ts';

interface JobRow {
  id: string;
  title: string;
  queue: string;
  created: string;
}

const columns = `id::text AS id, name || ' ' || key AS title, queue, created AT TIME ZONE 'UTC' AS created`;

/** The list of queues of a request; nothing is all. @throws PortolanError `validation` */
export function queuesOf(params: Params): string[] | undefined {
  const { queues } = params;
  if (queues === undefined || queues === null) return undefined;
  if (!Array.isArray(queues)) throw invalid({ queues: ['Not a list'] });
  const names = queues.filter((queue): queue is string => typeof queue === 'string' && !queue.includes('\0'));
  return names.length > 0 ? names : undefined;
}

const present = (row: JobRow) => ({ ...row, created: isoTime(row.created) });

/** Jobs that wait, the oldest first. */
export async function waitingJobs(sql: Sql, queues: string[] | undefined, most: number | undefined) {
  const rows = await sql.prepared<JobRow>(
    'waiting_jobs',
    `SELECT ${columns} FROM portolan.job WHERE state = 'waiting' AND ($1::text[] IS NULL OR queue = ANY($1))
     ORDER BY queue, portolan.job.id LIMIT $2`,
    [queues ?? null, most ?? null],
  );
  return rows.map(present);
}

const isId = (id: unknown): id is string => /^\d{1,18}$/.test(String(id));

/** A job that waits or runs. */
export async function openJob(sql: Sql, id: unknown) {
  if (!isId(id)) return undefined;
  const rows = await sql.prepared<JobRow>(
    'open_job',
    `SELECT ${columns} FROM portolan.job WHERE portolan.job.id = $1 AND state IN ('waiting', 'active')`,
    [id],
  );
  return rows[0] && present(rows[0]);
}

/** Cancels a job that waits. @returns whether there was one. */
export async function cancelJob(sql: Sql, id: unknown): Promise<boolean> {
  if (!isId(id)) return false;
  const rows = await sql.rows(
    `UPDATE portolan.job SET state = 'cancelled', finished = clock_timestamp()
     WHERE id = $1 AND state = 'waiting' RETURNING id`,
    [id],
  );
  return rows.length > 0;
}

/** Cancels what waits. @returns the names of the queues, those asked for or those that had something. */
export async function clearQueues(sql: Sql, queues: string[] | undefined): Promise<string[]> {
  const rows = await sql.rows<{ queue: string }>(
    `UPDATE portolan.job SET state = 'cancelled', finished = clock_timestamp()
     WHERE state = 'waiting' AND ($1::text[] IS NULL OR queue = ANY($1)) RETURNING queue`,
    [queues ?? null],
  );
  return queues ?? [...new Set(rows.map((row) => row.queue))].sort();
}
