import type { Sql } from '@portolan/db';

export interface QueueDepth {
  queue: string;
  waiting: number;
  active: number;
  failed: number;
  /** Seconds that the first of those due has been waiting; 0 when none is due. */
  oldest: number;
}

/** In two parts, so that each finds an index of its own: the table also holds everything that is done. */
const depth = `
  SELECT queue, count(*) FILTER (WHERE state = 'waiting')::integer AS waiting,
         count(*) FILTER (WHERE state = 'active')::integer AS active,
         count(*) FILTER (WHERE state = 'failed')::integer AS failed,
         greatest(0, extract(epoch FROM now() - min(run_after) FILTER (WHERE state = 'waiting')))::float8 AS oldest
  FROM (
    SELECT queue, state, run_after FROM portolan.job WHERE state = 'waiting' AND enqueued_at IS NULL
    UNION ALL
    SELECT queue, state, run_after FROM portolan.job WHERE state = 'waiting' AND enqueued_at IS NOT NULL
    UNION ALL
    SELECT queue, state, run_after FROM portolan.job WHERE state = 'active'
    UNION ALL
    SELECT queue, state, run_after FROM portolan.job WHERE state = 'failed'
  ) AS open
  GROUP BY queue ORDER BY queue`;

/** How much work there is, by queue; queues with nothing waiting, active or failed are left out. */
export const queueDepth = (sql: Sql) => sql.prepared<QueueDepth & object>('queue_depth', depth);
