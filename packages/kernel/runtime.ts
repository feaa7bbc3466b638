import { randomBytes, randomUUID } from 'node:crypto';

/** Everything a process takes from outside itself; tests replace it to replay a run. */
export interface Runtime {
  /** Milliseconds since the epoch, UTC, with a fraction: CKAN's times have microseconds. */
  now(): number;
  /** A new UUID (version 4), the form of every id in CKAN's tables. */
  id(): string;
  /** Cryptographically strong random bytes. */
  bytes(length: number): Buffer;
}

/** The clock that never runs backwards within a millisecond, set anew when the system's was. */
let origin = performance.timeOrigin;
function preciseNow(): number {
  const wall = Date.now();
  const precise = origin + performance.now();
  if (Math.abs(precise - wall) < 50) return precise;
  origin = wall - performance.now();
  return wall;
}

export const systemRuntime: Runtime = {
  now: preciseNow,
  id: () => randomUUID(),
  bytes: (length) => randomBytes(length),
};

/**
 * A new UUID of version 4's form that begins with the time: for rows whose id nobody is shown. Many of them lie side by
 * side in their indexes, where random ids would touch a page each.
 */
export function rowId({ now, id }: Runtime): string {
  const time = Math.floor(now()).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${id().slice(13)}`;
}

/** A moment as CKAN writes it: naive UTC, six digits of microseconds, the fraction left out when it is zero. */
export function timestamp(milliseconds: number): string {
  const whole = Math.floor(milliseconds / 1000) * 1000;
  const micros = Math.floor((milliseconds - whole) * 1000);
  const text = new Date(whole).toISOString().slice(0, 19);
  return micros === 0 ? text : `${text}.${String(micros).padStart(6, '0')}`;
}
