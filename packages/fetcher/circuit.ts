import type { Runtime } from '@portolan/kernel';
import { FetchError } from './errors.ts';

/** Remembers which hosts have stopped answering, so that a long run does not wait for each of their records. */
export interface CircuitBreaker {
  /** @throws FetchError `circuit` while the host is left alone; the reason of `signal` */
  check(host: string, signal?: AbortSignal): Promise<void>;
  /** A request to a host that `check` let pass was answered. */
  succeeded(host: string): Promise<void>;
  failed(host: string): Promise<void>;
}

interface State {
  failures: number;
  openUntil: number;
}

const mostHosts = 10_000;

/**
 * Opens after `threshold` failures in a row; after `cooldown` milliseconds one request may try again, and
 * its outcome closes the circuit or opens it for as long again.
 */
export function createCircuitBreaker(options: {
  threshold: number;
  cooldown: number;
  runtime: Pick<Runtime, 'now'>;
}): CircuitBreaker {
  const { threshold, cooldown, runtime } = options;
  const hosts = new Map<string, State>();
  return {
    async check(host) {
      const state = hosts.get(host);
      if (state === undefined || state.failures < threshold) return;
      if (runtime.now() < state.openUntil) throw FetchError.circuit(host, state.failures);
      // The caller is the one trial; everybody else waits for its outcome.
      state.openUntil = runtime.now() + cooldown;
    },
    async succeeded(host) {
      hosts.delete(host);
    },
    async failed(host) {
      const state = hosts.get(host) ?? { failures: 0, openUntil: 0 };
      state.failures++;
      if (state.failures >= threshold) state.openUntil = runtime.now() + cooldown;
      hosts.delete(host);
      hosts.set(host, state);
      if (hosts.size > mostHosts) hosts.delete(hosts.keys().next().value ?? '');
    },
  };
}
