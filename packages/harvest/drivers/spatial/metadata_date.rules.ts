import { readLenientDate } from './lenient_date.rules.ts';

/**
 * Reads the date of a record, its zone dropped as the reference does. Months and days that are not written are the
 * first ones, where the reference takes today's.
 * @returns `YYYY-MM-DD HH:MM:SS`, or undefined for what is no date between the years 1 and 9999
 */
export function readMetadataDate(text: string): string | undefined {
  const date = readLenientDate(text);
  if (!date) return undefined;
  const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = date;
  const given = `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  moment.setUTCHours(hour, minute, second);
  // A day or an hour that does not exist comes out as another one.
  return year >= 1 && year <= 9999 && moment.toISOString().startsWith(given)
    ? given.replace('T', ' ')
    : undefined;
}

const pad = (number: number, length = 2): string => String(number).padStart(length, '0');
