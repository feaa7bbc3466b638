import { QuerySyntaxError } from './syntax_error.ts';

type Unit = 'YEAR' | 'MONTH' | 'DAY' | 'HOUR' | 'MINUTE' | 'SECOND' | 'MILLI';

const units: Record<string, Unit> = { DATE: 'DAY', MILLI: 'MILLI', MILLIS: 'MILLI', MILLISECOND: 'MILLI' };
units['MILLISECONDS'] = 'MILLI';
for (const unit of ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'] as const)
  units[unit] = units[`${unit}S`] = unit;

const milliseconds = { DAY: 86_400_000, HOUR: 3_600_000, MINUTE: 60_000, SECOND: 1000, MILLI: 1 };

const instant = /^([+-]?\d+)-(\d{1,2})-(\d{1,2})T(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{0,9}))?Z/;
/** Beyond it Java counts no more. */
const mostSteps = 2 ** 31 - 1;
const step = /^(?:([+-])(\d+)|\/)([A-Za-z]+)/;

/**
 * A date of Solr's query language as milliseconds since the epoch: `YYYY-MM-DDThh:mm:ss[.f…]Z` or `NOW`, then
 * steps `+7DAYS`, `-1MONTH`, `/DAY`, left to right, in UTC (spec/search 4.6).
 * @throws QuerySyntaxError
 */
export function parseMoment(text: string, now: number): number {
  let moment = now;
  let rest = text;
  if (text.startsWith('NOW')) rest = text.slice(3);
  else {
    const found = instant.exec(text);
    if (!found) throw new QuerySyntaxError(`Invalid Date String:'${text}'`);
    moment = momentOf(found, text);
    rest = text.slice(found[0].length);
  }
  while (rest !== '') {
    const found = step.exec(rest);
    const unit = units[found?.[3] ?? ''];
    if (!found || !unit || Number(found[2] ?? 0) > mostSteps)
      throw new QuerySyntaxError(`Invalid Date Math String:'${text}'`);
    moment = found[1] ? added(moment, Number(`${found[1]}${found[2]}`), unit) : floored(moment, unit);
    rest = rest.slice(found[0].length);
  }
  if (!Number.isFinite(moment)) throw new QuerySyntaxError(`Invalid Date Math String:'${text}'`);
  return moment;
}

function momentOf(found: RegExpExecArray, text: string): number {
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(utc(year, month - 1, day));
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isDay || !isTimeOfDay(hour, minute, second, found[7]))
    throw new QuerySyntaxError(`Invalid Date in Date Math String:'${text}'`);
  const seconds = (hour * 60 + minute) * 60 + Math.min(second, 59);
  const milli = Number((found[7] ?? '').slice(0, 3).padEnd(3, '0'));
  return date.getTime() + seconds * 1000 + milli;
}

// As Java reads an instant: midnight may be the 24th hour of the day before, and a leap second is the one before it.
function isTimeOfDay(hour: number, minute: number, second: number, fraction = ''): boolean {
  if (hour === 24) return minute === 0 && second === 0 && /^0*$/.test(fraction);
  if (second === 60) return hour === 23 && minute === 59;
  return hour < 24 && minute < 60 && second < 60;
}

// Date.UTC would read the years 0 to 99 as 1900 to 1999.
function utc(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(2000, month, 1));
  date.setUTCFullYear(year, month, day);
  return date.getTime();
}

function added(moment: number, amount: number, unit: Unit): number {
  if (unit !== 'YEAR' && unit !== 'MONTH') return moment + amount * milliseconds[unit];
  const date = new Date(moment);
  const months = unit === 'YEAR' ? amount * 12 : amount;
  const day = date.getUTCDate();
  const first = utc(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const timeOfDay = moment - floored(moment, 'DAY');
  const monthStart = new Date(first);
  const lastDay = new Date(utc(monthStart.getUTCFullYear(), monthStart.getUTCMonth() + 1, 0)).getUTCDate();
  return first + (Math.min(day, lastDay) - 1) * milliseconds.DAY + timeOfDay;
}

function floored(moment: number, unit: Unit): number {
  const date = new Date(moment);
  if (unit === 'YEAR') return utc(date.getUTCFullYear(), 0, 1);
  if (unit === 'MONTH') return utc(date.getUTCFullYear(), date.getUTCMonth(), 1);
  return Math.floor(moment / milliseconds[unit]) * milliseconds[unit];
}
