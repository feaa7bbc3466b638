import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '@portolan/db';
import { createHostLimiter, type HostLimiter } from '@portolan/fetcher';
import type { Logger, Runtime } from '@portolan/kernel';
import { type Limits, renewTurns, returnTurn, takeTurn } from './turn.repo.ts';

/** Milliseconds between looks at a host whose turns are all taken by other processes. */
const lookAgain = 100;

/**
 * Turns at a host, counted over all processes on the database. Within the process they are given in order, and by
 * the same limits: while the database cannot be written (the site is read-only, say), each process is polite for
 * itself.
 */
export function sharedHostLimiter(
  db: Db,
  limits: Limits & { runtime: Pick<Runtime, 'now' | 'id'>; logger: Logger },
): HostLimiter {
  const { runtime, logger, lease } = limits;
  const within = createHostLimiter(limits);
  const held = new Set<string>();
  let renewal: NodeJS.Timeout | undefined;

  const hold = (id: string) => {
    held.add(id);
    renewal ??= setInterval(() => void renewTurns(db, [...held], lease).catch(unshared), lease / 3).unref();
  };
  const unshared = (error: unknown) =>
    logger.info({ err: error }, 'turns at remote hosts are not shared with other processes now');

  async function giveBack(id: string): Promise<void> {
    held.delete(id);
    if (held.size === 0) {
      clearInterval(renewal);
      renewal = undefined;
    }
    await returnTurn(db, id).catch(unshared);
  }

  async function take(
    host: string,
    id: string,
    signal: AbortSignal | undefined,
    minInterval: number,
  ): Promise<void> {
    for (;;) {
      const wait = await takeTurn(db, { id, host }, { ...limits, minInterval }).catch((error) => {
        unshared(error);
        return 'unshared' as const;
      });
      if (wait === 'unshared') return;
      if (wait !== undefined) hold(id);
      await delay(wait ?? lookAgain, undefined, { signal });
      if (wait !== undefined) return;
    }
  }

  return {
    async acquire(host, signal, own = 0) {
      const leave = await within.acquire(host, signal, own);
      const id = runtime.id();
      try {
        await take(host, id, signal, Math.max(limits.minInterval, own));
      } catch (error) {
        await giveBack(id);
        leave();
        throw signal?.aborted ? signal.reason : error;
      }
      let given = false;
      return () => {
        if (given) return;
        given = true;
        // The next one here looks for a turn when this one is free.
        void giveBack(id).finally(leave);
      };
    },
  };
}
