import { randomBytes, randomUUID } from 'node:crypto';

/** Everything a process takes from outside itself; tests replace it to replay a run. */
export interface Runtime {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
  /** A new UUID (version 4), the form of every id in CKAN's tables. */
  id(): string;
  /** Cryptographically strong random bytes. */
  bytes(length: number): Buffer;
}

export const systemRuntime: Runtime = {
  now: () => Date.now(),
  id: () => randomUUID(),
  bytes: (length) => randomBytes(length),
};

/**
 * A moment as CKAN writes it: naive UTC, six digits of microseconds, the fraction left out when it is zero.
 * Milliseconds are all that JavaScript has; the last three digits are therefore zero.
 */
export function timestamp(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString().slice(0, -1);
  return text.endsWith('.000') ? text.slice(0, -4) : `${text}000`;
}
