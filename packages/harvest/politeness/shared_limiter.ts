import type { Db } from '@portolan/db';
import { createHostLimiter, type HostLimiter } from '@portolan/fetcher';
import type { Logger, Runtime } from '@portolan/kernel';
import { type HostShare, hostShare } from './host_share.ts';
import type { Limits } from './turn.repo.ts';

/**
 * Turns at a host, counted over all processes on the database. Within the process they are given in order, and by
 * the same limits: while the database cannot be written (the site is read-only, say), each process is polite for
 * itself.
 */
export function sharedHostLimiter(
  db: Db,
  limits: Limits & { runtime: Pick<Runtime, 'now' | 'id'>; logger: Logger },
): HostLimiter {
  const { logger, lease } = limits;
  const within = createHostLimiter(limits);
  const shares = new Map<string, HostShare>();
  let renewal: NodeJS.Timeout | undefined;

  const unshared = (error: unknown) =>
    logger.info({ err: error }, 'turns at remote hosts are not shared with other processes now');

  function shareOf(host: string): HostShare {
    const known = shares.get(host);
    if (known) return known;
    const share = hostShare(host, {
      ...limits,
      db,
      unshared,
      ended() {
        if (shares.get(host) === share) shares.delete(host);
        if (shares.size > 0) return;
        clearInterval(renewal);
        renewal = undefined;
      },
    });
    shares.set(host, share);
    renewal ??= setInterval(() => {
      for (const one of shares.values()) void one.renew();
    }, lease / 3).unref();
    return share;
  }

  return {
    async acquire(host, signal, own = 0) {
      const share = shareOf(host);
      share.expect();
      let leave: (() => void) | undefined;
      try {
        leave = await within.acquire(host, signal, own);
        const id = await share.enter(Math.max(limits.minInterval, own), signal);
        const leaveHost = leave;
        let left = false;
        return () => {
          if (left) return;
          left = true;
          share.leave(id);
          leaveHost();
        };
      } catch (error) {
        share.leave(undefined);
        leave?.();
        throw signal?.aborted ? signal.reason : error;
      }
    },
    async close() {
      await Promise.all([...shares.values()].map((share) => share.close()));
    },
  };
}
