import type { Runtime } from '@portolan/kernel';

/**
 * A time of a row as CKAN answers it: `T` in the middle, six digits of fraction, none when it is zero.
 * PostgreSQL leaves trailing zeros of the fraction out.
 */
export function isoTime(value: string): string;
export function isoTime(value: string | null): string | null;
export function isoTime(value: string | null): string | null {
  if (value === null) return null;
  const [seconds = '', fraction] = value.replace(' ', 'T').split('.');
  return fraction === undefined || /^0*$/.test(fraction) ? seconds : `${seconds}.${fraction.padEnd(6, '0')}`;
}

const latest = new WeakMap<Runtime, number>();

/**
 * Now, as rows hold it, with microseconds: never twice the same in one process, so that what is told by time keeps its
 * order and every change of a dataset shows in its `metadata_modified`.
 */
export function rowTime(runtime: Runtime): string {
  const now = Math.floor(runtime.now() * 1000) + 1;
  const last = latest.get(runtime) ?? 0;
  // A clock that was set back by more than a second is believed.
  const micros = now <= last && last - now < 1_000_000 ? last + 1 : now;
  latest.set(runtime, micros);
  const milliseconds = new Date(Math.floor(micros / 1000)).toISOString().slice(0, -1);
  return `${milliseconds}${String(micros % 1000).padStart(3, '0')}`;
}
