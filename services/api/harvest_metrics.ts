import type { Site } from '@portolan/catalogue';
import { harvestStatus } from '@portolan/harvest';
import type { Gauge } from 'prom-client';

/** Adds a gauge that is worked out whenever it is read. */
export type AddGauge = (
  name: string,
  help: string,
  labelNames: string[],
  collect: (gauge: Gauge) => Promise<void> | void,
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
}
