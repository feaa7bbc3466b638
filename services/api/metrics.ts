import { indexDrift, type Site } from '@portolan/catalogue';
import { fallbackCount } from '@portolan/search';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type AddGauge, harvestCounters, harvestGauges } from './harvest_metrics.ts';

export interface ApiMetrics {
  registry: Registry;
  /** Marks the start of an action; the returned function marks its end with the answer's status. */
  started(action: string): (status: number) => void;
}

/** Where the numbers of the queue come from; the API itself has no queue. */
export type QueueNumbers = () => Promise<
  { queue: string; waiting: number; active: number; failed: number; oldest: number }[]
>;

export function createMetrics(site: Site, queues: QueueNumbers): ApiMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: 'portolan_action_requests_total',
    help: 'Answered calls by action and status.',
    labelNames: ['action', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'portolan_action_seconds',
    help: 'Time to an action’s answer.',
    labelNames: ['action'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const gauge: AddGauge = (name, help, labelNames, collect) =>
    void new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        return collect(this);
      },
    });
  gauge('portolan_pool_connections', 'PostgreSQL connections of this process.', ['state'], (g) => {
    g.set({ state: 'open' }, site.db.pool.totalCount);
    g.set({ state: 'idle' }, site.db.pool.idleCount);
    g.set({ state: 'waiting' }, site.db.pool.waitingCount);
  });
  gauge('portolan_outbox_rows', 'Changes that the index has not got yet.', [], async (g) => {
    g.set((await outbox(site)).rows);
  });
  gauge('portolan_outbox_lag_seconds', 'Age of the oldest such change.', [], async (g) => {
    g.set((await outbox(site)).lag);
  });
  gauge(
    'portolan_index_drift',
    'Datasets whose index entry is known to differ from the rows.',
    [],
    async (g) => g.set((await indexDrift(site)).different),
  );
  gauge('portolan_index_compared_seconds', 'Since index and rows were last compared whole.', [], async (g) =>
    g.set((await indexDrift(site)).age ?? Number.NaN),
  );
  const { mirror } = site.search;
  if (mirror) {
    gauge('portolan_search_opensearch', 'Whether OpenSearch answers searches.', [], async (g) =>
      g.set((await mirror.status()).unready ? 0 : 1),
    );
    gauge(
      'portolan_search_mirror_rows',
      'Datasets that OpenSearch has not been told of yet.',
      [],
      async (g) => g.set((await mirror.status()).waiting),
    );
    gauge('portolan_search_mirror_lag_seconds', 'Since when the oldest of them waits.', [], async (g) =>
      g.set((await mirror.status()).lag),
    );
    new Counter({
      name: 'portolan_search_fallbacks_total',
      help: 'Searches that PostgreSQL answered in OpenSearch’s place.',
      registers,
      collect() {
        this.reset();
        this.inc(fallbackCount());
      },
    });
  }
  harvestGauges(site, gauge);
  harvestCounters(
    site,
    (name, help, labelNames, collect) =>
      void new Counter({
        name,
        help,
        labelNames,
        registers,
        collect() {
          return collect(this);
        },
      }),
  );
  gauge('portolan_queue_jobs', 'Jobs by queue and state.', ['queue', 'state'], async (g) => {
    g.reset();
    for (const { queue, waiting, active, failed } of await queues()) {
      g.set({ queue, state: 'waiting' }, waiting);
      g.set({ queue, state: 'active' }, active);
      g.set({ queue, state: 'failed' }, failed);
    }
  });
  gauge('portolan_queue_oldest_seconds', 'Age of the oldest waiting job.', ['queue'], async (g) => {
    g.reset();
    for (const { queue, oldest } of await queues()) g.set({ queue }, oldest);
  });
  gauge('portolan_read_only', 'Whether the read-only gate is closed.', [], (g) =>
    g.set(site.gate.closed ? 1 : 0),
  );
  return {
    registry,
    started(action) {
      const end = seconds.startTimer({ action });
      return (status) => {
        end();
        requests.inc({ action, status });
      };
    },
  };
}

async function outbox(site: Site): Promise<{ rows: number; lag: number }> {
  const [row] = await site.db.rows<{ rows: number; lag: number }>(
    `SELECT count(*) AS rows, coalesce(extract(epoch FROM clock_timestamp() - min(created)), 0)::float8 AS lag
     FROM portolan.outbox`,
  );
  return row ?? { rows: 0, lag: 0 };
}
