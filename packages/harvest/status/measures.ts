import type { Sql } from '@portolan/db';

/** Sources, and hosts, that are told at most: a monitor keeps a series for each. */
export const mostTold = 50;

export interface SourceErrors {
  source: string;
  /** Of the last job that is over. */
  records: number;
  failed: number;
  /** From 0 to 1; 1 too where nothing could be listed. */
  ratio: number;
}

/** How much of the last job of active sources failed, the worst first. */
export const sourceErrors = (sql: Sql): Promise<SourceErrors[]> =>
  sql.rows<SourceErrors>(
    `SELECT coalesce(p.name, s.id) AS source, t.records, t.failed_records AS failed,
            CASE WHEN t.records > 0 THEN t.failed_records::float8 / t.records
                 WHEN t.broken THEN 1::float8 ELSE 0::float8 END AS ratio
     FROM harvest_source s LEFT JOIN package p ON p.id = s.id
     CROSS JOIN LATERAL (
       SELECT t.records, t.failed_records,
              EXISTS (SELECT FROM harvest_gather_error e WHERE e.harvest_job_id = j.id) AS broken
       FROM harvest_job j JOIN portolan.harvest_job_state t ON t.job_id = j.id
       WHERE j.source_id = s.id AND j.status = 'Finished' AND t.records IS NOT NULL
       ORDER BY j.created DESC LIMIT 1) AS t
     WHERE s.active IS NOT FALSE ORDER BY ratio DESC, source LIMIT ${mostTold}`,
  );

export interface HostTraffic {
  host: string;
  requests: number;
  failed: number;
  /** Until the heads of its answers, together. */
  seconds: number;
}

/** The hosts that were asked most, of those that were asked within a day. */
export const hostTraffic = (sql: Sql): Promise<HostTraffic[]> =>
  sql.rows<HostTraffic>(
    `SELECT host, requests, failed_requests AS failed, answer_ms::float8 / 1000 AS seconds FROM portolan.fetch_host
     WHERE requests > 0 ORDER BY requests DESC, host LIMIT ${mostTold}`,
  );

/** How many jobs there are of each status. */
export async function jobCounts(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql.rows<{ status: string; n: number }>(
    `SELECT status, count(*) AS n FROM harvest_job GROUP BY 1 ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
}
