import { setTimeout as sleep } from 'node:timers/promises';
import {
  Agreement,
  datasetsPerStep,
  indexDrift,
  type ReconcileStep,
  reconcileIndex,
} from '@portolan/catalogue';
import { startLoop } from '@portolan/queue';
import type { OpenSite } from '@portolan/site';
import type { Background } from './run.ts';

/** Milliseconds from the end of a comparison to the next one's beginning. */
const interval = 10_000;
/** So many times as long as looking took is rested in addition, but so many milliseconds at most. */
const restPerLook = 20;
const longestAddition = 30_000;
/** Milliseconds over which a comparison of all is spread where it could be done sooner: what differs is still healed within a minute. */
const spread = 30_000;
/** Milliseconds. */
const shortestRest = 5;
const longestRest = 600;

/** Compares index and rows all the time and heals what differs: one worker at a time, whoever holds the lock first. */
export function startReconciler({ site, onGate }: OpenSite): Background {
  const stop = new AbortController();
  const agreement = new Agreement();
  const loop = startLoop({
    name: 'reconciling',
    logger: site.logger,
    interval: interval + longestAddition,
    async round() {
      if (site.gate.closed) return undefined;
      const { age, datasets } = await indexDrift(site);
      // Another worker has just done it.
      if (age !== undefined && age * 1000 < interval - 1000) return interval - age * 1000;
      // The lock is the session's: it goes with a worker that dies.
      const session = await site.db.session();
      try {
        const { rows } = await session.query<{ mine: boolean }>(
          `SELECT pg_try_advisory_lock(hashtextextended('portolan.reconcile', 0)) AS mine`,
        );
        if (rows[0]?.mine) return await reconcile(datasets);
      } finally {
        await session.end();
      }
      return interval;
    },
  });

  /** @returns how long to rest after it, in milliseconds */
  async function reconcile(datasets: number): Promise<number> {
    const { step, looked } = pace(datasets);
    await reconcileIndex(site, step, agreement);
    return interval + Math.min(longestAddition, restPerLook * looked());
  }

  /**
   * Between two steps there is a rest: as long as the step, so that half of one core is the most that is used, and
   * longer where the comparison has time. None while something is being healed, which is wrong until it is.
   */
  function pace(datasets: number) {
    const turn = Math.min(longestRest, (spread * datasetsPerStep) / Math.max(datasets, 1));
    let since = performance.now();
    let looked = 0;
    async function step(kind: ReconcileStep): Promise<boolean> {
      const took = performance.now() - since;
      if (kind === 'looking') looked += took;
      if (kind !== 'healing') {
        const rest = Math.max(shortestRest, took, kind === 'comparing' ? turn - took : 0);
        await sleep(rest, undefined, { signal: stop.signal }).catch(() => {});
      }
      since = performance.now();
      return !stop.signal.aborted && !site.gate.closed;
    }
    return { step, looked: () => looked };
  }
  onGate(async (closed) => {
    if (!closed) loop.wake();
  });
  return {
    async close() {
      stop.abort();
      await loop.stop();
    },
  };
}
