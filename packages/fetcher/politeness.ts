import type { Runtime } from '@portolan/kernel';

/**
 * Turns at a host. `acquire` resolves when a request may start, to the function that gives the turn back.
 * A limiter shared by several processes has the same shape.
 */
export interface HostLimiter {
  /** @param minInterval milliseconds until the next request may start, where the usual is shorter */
  acquire(host: string, signal: AbortSignal | undefined, minInterval?: number): Promise<() => void>;
  /** Gives back what is kept for requests to come. */
  close?(): Promise<void>;
}

interface Host {
  running: number;
  next: number;
  waiting: Waiting[];
  timer: NodeJS.Timeout | undefined;
}

interface Waiting {
  minInterval: number;
  start(): void;
}

/** At most `concurrency` requests at once to a host, their starts at least `minInterval` milliseconds apart. */
export function createHostLimiter(options: {
  concurrency: number;
  minInterval: number;
  runtime: Pick<Runtime, 'now'>;
}): HostLimiter {
  const { concurrency, minInterval, runtime } = options;
  const hosts = new Map<string, Host>();

  const advance = (name: string, host: Host): void => {
    clearTimeout(host.timer);
    while (host.waiting.length > 0 && host.running < concurrency) {
      const wait = host.next - runtime.now();
      if (wait > 0) {
        host.timer = setTimeout(advance, wait, name, host);
        return;
      }
      const first = host.waiting.shift();
      host.next = runtime.now() + (first?.minInterval ?? 0);
      host.running++;
      first?.start();
    }
    if (host.running > 0 || host.waiting.length > 0) return;
    // The interval outlives the last request; the entry goes once it could no longer delay anything.
    const rest = host.next - runtime.now();
    if (rest > 0) host.timer = setTimeout(advance, rest, name, host).unref();
    else hosts.delete(name);
  };

  return {
    async acquire(name, signal, own = 0) {
      signal?.throwIfAborted();
      let host = hosts.get(name);
      if (host === undefined) {
        host = { running: 0, next: 0, waiting: [], timer: undefined };
        hosts.set(name, host);
      }
      const entry = host;
      await turn(entry, Math.max(minInterval, own), signal, () => advance(name, entry));
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        entry.running--;
        advance(name, entry);
      };
    },
  };
}

function turn(
  host: Host,
  minInterval: number,
  signal: AbortSignal | undefined,
  advance: () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const waiting: Waiting = {
      minInterval,
      start() {
        signal?.removeEventListener('abort', leave);
        resolve();
      },
    };
    const leave = () => {
      host.waiting.splice(host.waiting.indexOf(waiting), 1);
      reject(signal?.reason);
      advance();
    };
    signal?.addEventListener('abort', leave, { once: true });
    host.waiting.push(waiting);
    advance();
  });
}
