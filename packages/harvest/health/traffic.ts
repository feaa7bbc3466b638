import type { Sql } from '@portolan/db';
import type { Fetcher } from '@portolan/fetcher';

/** What a remote was asked, and how fast it answered. */
export interface Traffic {
  requests: number;
  failed: number;
  /** Milliseconds until the heads of the answers, together. */
  milliseconds: number;
  slowest: number;
}

export const noTraffic = (): Traffic => ({ requests: 0, failed: 0, milliseconds: 0, slowest: 0 });

/** The same fetcher, with what it does counted into `traffic`; our own waiting for turns is not the remote's. */
export function measured(fetcher: Fetcher, traffic: Traffic): Fetcher {
  const onAnswer = ({ milliseconds, failed }: { milliseconds: number; failed: boolean }) => {
    traffic.requests++;
    if (failed) traffic.failed++;
    traffic.milliseconds += milliseconds;
    traffic.slowest = Math.max(traffic.slowest, milliseconds);
  };
  return {
    fetch: (url, options) => fetcher.fetch(url, { ...options, onAnswer }),
    read: (url, options) => fetcher.read(url, { ...options, onAnswer }),
    close: () => fetcher.close(),
  };
}

/** Adds the traffic to the job's, and begins to count anew. */
export async function saveTraffic(sql: Sql, jobId: string, traffic: Traffic): Promise<void> {
  if (traffic.requests === 0) return;
  const { requests, failed, milliseconds, slowest } = traffic;
  Object.assign(traffic, noTraffic());
  await sql.rows(
    `UPDATE portolan.harvest_job_state SET requests = requests + $2, failed_requests = failed_requests + $3,
       answer_ms = answer_ms + $4, slowest_ms = greatest(slowest_ms, $5) WHERE job_id = $1`,
    [jobId, requests, failed, Math.round(milliseconds), Math.round(slowest)],
  );
}
