import type { Validator } from '../pipeline/schema.ts';
import { refuse } from '../pipeline/verdict.ts';

/**
 * CKAN's `isodate`: a moment in ISO 8601, or the digits of one in that order between other characters
 * (`2020/01/01 17.04.59`). Gives the naive text that a row holds, in UTC when an offset was told.
 */
export const isoDate: Validator = (value) => {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') return refuse('Date format incorrect');
  return parseMoment(value) ?? refuse('Date format incorrect');
};

const iso =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?)?(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?$/i;

function parseMoment(text: string): string | undefined {
  const match = iso.exec(text);
  if (match) {
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
    return moment([year, month, day, hour, minute, second].map(Number), fraction, zone);
  }
  // CKAN's fallback: runs of digits by position.
  const parts = text.split(/[^\d]+/).filter(Boolean);
  if (parts.length < 3 || parts.length > 7 || !/^\d/.test(text)) return undefined;
  return moment(parts.slice(0, 6).map(Number), parts[6] ?? '', undefined);
}

function moment(parts: number[], fraction: string, zone: string | undefined): string | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const time = new Date(Date.UTC(2000, 0, 1));
  time.setUTCFullYear(year, month - 1, day);
  time.setUTCHours(hour, minute, second);
  const real =
    year >= 1 &&
    time.getUTCMonth() === month - 1 &&
    time.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!real) return undefined;
  const utc = new Date(time.getTime() - offset(zone) * 1000);
  const text = utc.toISOString().replace(/\.\d+Z$/, '');
  const micro = fraction.slice(0, 6).padEnd(6, '0');
  return fraction && Number(micro) > 0 ? `${text}.${micro}` : text;
}

/** Seconds east of Greenwich. */
function offset(zone: string | undefined): number {
  if (!zone || zone.toUpperCase() === 'Z') return 0;
  const digits = zone.slice(1).replaceAll(':', '').padEnd(6, '0');
  const seconds =
    Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6));
  return zone.startsWith('-') ? -seconds : seconds;
}
