import { setTimeout as sleep } from 'node:timers/promises';
import { startLoop } from '@portolan/queue';
import { forgetMirror } from '@portolan/search';
import type { OpenSite } from '@portolan/site';
import type { Background } from './run.ts';

/** Milliseconds between two looks of the relay while nothing waits. */
const relayInterval = 500;
/** Milliseconds between two looks whether an index is missing. */
const tendInterval = 5000;
/** Milliseconds from the end of a comparison to the next one's beginning. */
const compareInterval = 20_000;
/** Milliseconds over which everything is compared where nothing says that it differs. */
const spread = 30_000;
/** Rests between two steps; else a step is followed by as long a rest: half of one core at most. */
const shortestRest = 5;
const longestRest = 600;

/** Keeps OpenSearch like the tables: tells it what changed, builds indices, compares. Any number of workers may. */
export async function startMirror({ site, onGate }: OpenSite): Promise<Background> {
  const { mirror } = site.search;
  if (!mirror) {
    // It was there once: what changes is not noted for it for ever.
    const known = await site.db.rows('SELECT FROM portolan.search_mirror_index LIMIT 1');
    if (known.length > 0 && !site.gate.closed) {
      await site.db.transact(forgetMirror);
      site.logger.warn('OpenSearch is not configured any more: nothing is noted for it');
    }
    return { close: async () => {} };
  }
  const stop = new AbortController();
  const goesOn = async () => !stop.signal.aborted && !site.gate.closed;
  const unlessClosed = (round: () => Promise<number | undefined>) => async () =>
    site.gate.closed ? undefined : round();
  const loop = (name: string, interval: number, round: () => Promise<number | undefined>) =>
    startLoop({ name, logger: site.logger, interval, round: unlessClosed(round) });
  const loops = [
    loop('telling OpenSearch', relayInterval, async () => ((await mirror.drain()) ? 0 : undefined)),
    loop('tending OpenSearch', tendInterval, async () => void (await mirror.tend(goesOn))),
    loop('comparing OpenSearch', compareInterval, async () => void (await mirror.reconcile(pace()))),
  ];
  function pace(): (share: number) => Promise<boolean> {
    let since = performance.now();
    return async (share) => {
      const took = performance.now() - since;
      const rest = Math.max(shortestRest, took, Math.min(longestRest, spread * share) - took);
      await sleep(rest, undefined, { signal: stop.signal }).catch(() => {});
      since = performance.now();
      return goesOn();
    };
  }
  onGate(async (closed) => {
    if (!closed) for (const one of loops) one.wake();
  });
  return {
    async close() {
      stop.abort();
      await Promise.all(loops.map((one) => one.stop()));
    },
  };
}
