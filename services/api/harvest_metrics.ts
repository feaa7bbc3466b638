import type { Site } from '@portolan/catalogue';
import { harvestStatus, hostTraffic, sourceErrors, throughput } from '@portolan/harvest';
import type { Counter, Gauge } from 'prom-client';

/** Adds a gauge that is worked out whenever it is read. */
export type AddGauge = (
  name: string,
  help: string,
  labelNames: string[],
  collect: (gauge: Gauge) => Promise<void> | void,
) => void;

/** Adds a counter whose value is kept elsewhere. */
export type AddCounter = (
  name: string,
  help: string,
  labelNames: string[],
  collect: (counter: Counter) => Promise<void>,
) => void;

interface Counted {
  label: string;
  n: number;
}

/** What an operator's pager watches of the harvester. */
export function harvestGauges(site: Site, add: AddGauge): void {
  const { db, runtime } = site;
  const byLabel = (name: string, help: string, label: string, statement: string) =>
    add(name, help, [label], async (gauge) => {
      gauge.reset();
      for (const row of await db.rows<Counted>(statement)) gauge.set({ [label]: row.label }, row.n);
    });
  byLabel(
    'portolan_harvest_jobs',
    'Harvest jobs by status.',
    'status',
    'SELECT status AS label, count(*) AS n FROM harvest_job GROUP BY 1',
  );
  byLabel(
    'portolan_harvest_open_objects',
    'Harvest objects of running jobs by state.',
    'state',
    `SELECT o.state AS label, count(*) AS n FROM harvest_object o JOIN harvest_job j ON j.id = o.harvest_job_id
     WHERE j.status = 'Running' GROUP BY 1`,
  );
  byLabel(
    'portolan_harvest_sources',
    'Active harvest sources by how their last job went.',
    'health',
    `SELECT CASE WHEN t.frozen THEN 'frozen' ELSE coalesce(t.health, 'unknown') END AS label, count(*) AS n
     FROM harvest_source s LEFT JOIN portolan.harvest_source_state t ON t.source_id = s.id
     WHERE s.active IS NOT FALSE GROUP BY 1`,
  );
  add(
    'portolan_harvest_stalled_jobs',
    'Harvest jobs whose worker has shown no life for portolan.harvest.stalled_after_s.',
    [],
    async (gauge) => gauge.set((await harvestStatus(db, runtime.now(), site.config)).stalled),
  );
  add(
    'portolan_harvest_oldest_job_seconds',
    'Age of the oldest harvest job that is not over.',
    [],
    async (gauge) => {
      const [row] = await db.rows<{ age: number }>(
        `SELECT coalesce(extract(epoch FROM timezone('UTC', clock_timestamp()) - min(created)), 0)::float8 AS age
         FROM harvest_job WHERE status IN ('New', 'Running')`,
      );
      gauge.set(row?.age ?? 0);
    },
  );
  // Of the hour: a sum over all jobs would go down when old ones are forgotten.
  add(
    'portolan_harvest_requests_last_hour',
    'Requests of harvest jobs begun in the last hour, by outcome.',
    ['outcome'],
    async (gauge) => {
      const [row] = await db.rows<{ requests: number; failed: number }>(
        `SELECT coalesce(sum(t.requests), 0)::float8 AS requests, coalesce(sum(t.failed_requests), 0)::float8 AS failed
         FROM harvest_job j JOIN portolan.harvest_job_state t ON t.job_id = j.id
         WHERE j.created > timezone('UTC', clock_timestamp()) - interval '1 hour'`,
      );
      gauge.set({ outcome: 'failed' }, row?.failed ?? 0);
      gauge.set({ outcome: 'answered' }, (row?.requests ?? 0) - (row?.failed ?? 0));
    },
  );
  add(
    'portolan_harvest_oldest_waiting_seconds',
    'Since when the oldest harvest job, or record of one, waits for a worker.',
    [],
    async (gauge) => {
      const since = (await harvestStatus(db, runtime.now(), site.config)).oldest_waiting;
      gauge.set(since === null ? 0 : (runtime.now() - Date.parse(`${since.replace(' ', 'T')}Z`)) / 1000);
    },
  );
  add(
    'portolan_harvest_records_per_second',
    'Records that all workers together were done with in the last whole minute.',
    [],
    async (gauge) => gauge.set(await throughput(db)),
  );
  add(
    'portolan_harvest_source_error_ratio',
    'Share of the last job’s records that failed, of the 50 active sources with the highest.',
    ['source'],
    async (gauge) => {
      gauge.reset();
      for (const { source, ratio } of await sourceErrors(db)) gauge.set({ source }, ratio);
    },
  );
}

/** What remote hosts were asked: of the 50 that were asked most, as long as they are asked once a day. */
export function harvestCounters({ db }: Site, add: AddCounter): void {
  add(
    'portolan_harvest_host_requests_total',
    'Requests to remote hosts by outcome.',
    ['host', 'outcome'],
    async (counter) => {
      counter.reset();
      for (const { host, requests, failed } of await hostTraffic(db)) {
        counter.inc({ host, outcome: 'failed' }, failed);
        counter.inc({ host, outcome: 'answered' }, requests - failed);
      }
    },
  );
  add(
    'portolan_harvest_host_answer_seconds_total',
    'Seconds until remote hosts answered, together.',
    ['host'],
    async (counter) => {
      counter.reset();
      for (const { host, seconds } of await hostTraffic(db)) counter.inc({ host }, seconds);
    },
  );
}
