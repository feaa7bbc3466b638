import type { Db } from '@portolan/db';
import type { Fetcher } from '@portolan/fetcher';

/** What remotes were asked, and how fast they answered. */
export interface Traffic {
  /** By host, with its port where that is not the usual one. */
  hosts: Map<string, HostTraffic>;
  slowest: number;
}

interface HostTraffic {
  requests: number;
  failed: number;
  /** Milliseconds until the heads of the answers, together. */
  milliseconds: number;
}

export const noTraffic = (): Traffic => ({ hosts: new Map(), slowest: 0 });

/** The same fetcher, with what it does counted into `traffic`; our own waiting for turns is not the remote's. */
export function measured(fetcher: Fetcher, traffic: Traffic): Fetcher {
  const onAnswer = ({
    host,
    milliseconds,
    failed,
  }: {
    host: string;
    milliseconds: number;
    failed: boolean;
  }) => {
    const of = traffic.hosts.get(host) ?? { requests: 0, failed: 0, milliseconds: 0 };
    traffic.hosts.set(host, of);
    of.requests++;
    if (failed) of.failed++;
    of.milliseconds += milliseconds;
    traffic.slowest = Math.max(traffic.slowest, milliseconds);
  };
  return {
    fetch: (url, options) => fetcher.fetch(url, { ...options, onAnswer }),
    read: (url, options) => fetcher.read(url, { ...options, onAnswer }),
    close: () => fetcher.close(),
  };
}

/** Adds the traffic to the job's and to the hosts', and begins to count anew. */
export async function saveTraffic(db: Db, jobId: string, traffic: Traffic): Promise<void> {
  const hosts = [...traffic.hosts].sort(([a], [b]) => (a < b ? -1 : 1));
  const slowest = Math.round(traffic.slowest);
  Object.assign(traffic, noTraffic());
  if (hosts.length === 0) return;
  const of = (count: (host: HostTraffic) => number) => hosts.map(([, host]) => Math.round(count(host)));
  await db.rows(
    `WITH asked AS (
       SELECT * FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[]) AS a(host, requests, failed, ms)
     ), hosts AS (
       INSERT INTO portolan.fetch_host AS h (host, next_start, requests, failed_requests, answer_ms)
       SELECT host, clock_timestamp(), requests, failed, ms FROM asked ORDER BY host
       ON CONFLICT (host) DO UPDATE SET requests = h.requests + excluded.requests,
         failed_requests = h.failed_requests + excluded.failed_requests, answer_ms = h.answer_ms + excluded.answer_ms
     )
     UPDATE portolan.harvest_job_state AS s SET requests = s.requests + total.requests,
       failed_requests = s.failed_requests + total.failed, answer_ms = s.answer_ms + total.ms,
       slowest_ms = greatest(s.slowest_ms, $6)
     FROM (SELECT sum(requests) AS requests, sum(failed) AS failed, sum(ms) AS ms FROM asked) AS total WHERE job_id = $1`,
    [
      jobId,
      hosts.map(([host]) => host),
      of(({ requests }) => requests),
      of(({ failed }) => failed),
      of(({ milliseconds }) => milliseconds),
      slowest,
    ],
  );
}
