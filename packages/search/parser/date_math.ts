import { QuerySyntaxError } from './syntax_error.ts';

type Unit = 'YEAR' | 'MONTH' | 'DAY' | 'HOUR' | 'MINUTE' | 'SECOND' | 'MILLI';

const units: Record<string, Unit> = { DATE: 'DAY', MILLI: 'MILLI', MILLIS: 'MILLI', MILLISECOND: 'MILLI' };
units['MILLISECONDS'] = 'MILLI';
for (const unit of ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'] as const)
  units[unit] = units[`${unit}S`] = unit;

const milliseconds = { DAY: 86_400_000, HOUR: 3_600_000, MINUTE: 60_000, SECOND: 1000, MILLI: 1 };

const instant = /^([+-]?\d+)-(\d{1,2})-(\d{1,2})T(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d*))?Z/;
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
    if (!found || !unit) throw new QuerySyntaxError(`Invalid Date Math String:'${text}'`);
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
  const moment =
    utc(year, month - 1, day, hour, minute, second) + Number(`0.${found[7] || '0'}`.slice(0, 5)) * 1000;
  const back = new Date(moment);
  const same =
    back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!same) throw new QuerySyntaxError(`Invalid Date in Date Math String:'${text}'`);
  return Math.trunc(moment);
}

// Date.UTC would read the years 0 to 99 as 1900 to 1999.
function utc(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  const date = new Date(Date.UTC(2000, month, 1, hour, minute, second));
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
