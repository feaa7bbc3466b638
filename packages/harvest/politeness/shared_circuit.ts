import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '@portolan/db';
import { type CircuitBreaker, createCircuitBreaker, FetchError } from '@portolan/fetcher';
import type { Logger, Runtime } from '@portolan/kernel';
import { type CircuitLimits, lookAtCircuit, noteFailure, noteSuccess } from './circuit.repo.ts';

/** Milliseconds between looks at a host that somebody else tries. */
const lookAgain = 200;

/**
 * Which hosts have stopped answering, as all processes on the database have found. While the database cannot be asked
 * or written, each process goes by what it has seen itself.
 */
export function sharedCircuit(
  db: Db,
  limits: CircuitLimits & { runtime: Pick<Runtime, 'now'>; logger: Logger },
): CircuitBreaker {
  const within = createCircuitBreaker(limits);
  /** Hosts of which failures are known that no success has followed: of others there is nothing to take back. */
  const failing = new Set<string>();
  const unshared = (error: unknown) =>
    limits.logger.info({ err: error }, 'failures of remote hosts are not shared with other processes now');
  return {
    async check(host, signal) {
      for (;;) {
        const circuit = await lookAtCircuit(db, host, limits).catch(unshared);
        if (!circuit) return within.check(host, signal);
        if (circuit.failures > 0) failing.add(host);
        if (circuit.state === 'closed') return;
        if (circuit.state === 'open') throw FetchError.circuit(host, circuit.failures);
        await delay(lookAgain, undefined, { signal });
      }
    },
    async succeeded(host) {
      await within.succeeded(host);
      if (failing.delete(host)) await noteSuccess(db, host).catch(unshared);
    },
    async failed(host) {
      failing.add(host);
      await within.failed(host);
      await noteFailure(db, host, limits).catch(unshared);
    },
  };
}
