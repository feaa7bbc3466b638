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
