const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthName =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/i;
const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?$/i;
const filling = /^(?:\s+|[.,;\-/']|at|on|and|ad|m|t|of|st|nd|rd|th)$/i;
const zone = /^(?:[A-Z]{1,5}|z|utc|gmt)$/;

/** A moment as it is written, its zone dropped; what is not written is undefined. */
export interface WrittenDate {
  year: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
}

interface Part {
  number: number;
  is?: 'year' | 'month';
}

/**
 * Reads dates as people write them: numbers and English month names in any usual order, the month before the day where
 * both would do, then perhaps a time and a zone. Source: what Python's `dateutil.parser.parse` makes of them.
 * @returns undefined for what is no date, or has no year; whether there is such a day is not looked at
 */
export function readLenientDate(text: string): WrittenDate | undefined {
  const tokens = text.match(/\d+|[a-z]+|\s+|./giu) ?? [];
  const parts: Part[] = [];
  const time: Pick<WrittenDate, 'hour' | 'minute' | 'second'> = {};
  for (let at = 0; at < tokens.length; ) {
    const read =
      readTime(tokens, at, parts, time) ?? readDay(tokens, at, parts) ?? readRest(tokens[at] ?? '', time);
    if (read === undefined) return undefined;
    at += read;
  }
  const day = inOrder(parts);
  return day && { ...day, ...time };
}

/** A time, or the zone behind one. @returns the tokens that were read */
function readTime(
  tokens: readonly string[],
  at: number,
  parts: readonly Part[],
  time: Pick<WrittenDate, 'hour' | 'minute' | 'second'>,
): number | undefined {
  const rest = tokens.slice(at, at + 7).join('');
  if (time.hour !== undefined) {
    const offset = /^[+-](?:\d\d:\d\d|\d{4}|\d\d)(?!\d)/.exec(rest)?.[0];
    return offset === undefined ? undefined : countOf(tokens, at, offset);
  }
  const [clock, hour, minute, second] = /^(\d+):(\d+)(?::(\d+)(?:[.,]\d+)?)?/.exec(rest) ?? [];
  const [half, halfHour, which] = clock ? [] : (/^(\d\d?) ?([ap])m(?![a-z])/i.exec(rest) ?? []);
  const [short, shortHour, shortMinute, shortSecond] =
    clock || half || parts.length < 3 ? [] : (/^(\d\d)(\d\d)?(\d\d)?(?!\d)/.exec(rest) ?? []);
  if (clock) Object.assign(time, { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0) });
  else if (half) time.hour = (Number(halfHour) % 12) + (which?.toLowerCase() === 'p' ? 12 : 0);
  else if (short)
    Object.assign(time, {
      hour: Number(shortHour),
      minute: Number(shortMinute ?? 0),
      second: Number(shortSecond ?? 0),
    });
  const read = clock ?? half ?? short;
  return read === undefined ? undefined : countOf(tokens, at, read);
}

/** How many tokens a text that they begin with is. */
function countOf(tokens: readonly string[], at: number, text: string): number {
  let count = 0;
  for (let length = 0; length < text.length; count++) length += tokens[at + count]?.length ?? 0;
  return count;
}

/** A number or a month's name, as a part of the day. */
function readDay(tokens: readonly string[], at: number, parts: Part[]): number | undefined {
  const token = tokens[at] ?? '';
  if (monthName.test(token)) {
    parts.push({ number: months.indexOf(token.slice(0, 3).toLowerCase()) + 1, is: 'month' });
    return 1;
  }
  if (!/^\d/.test(token)) return undefined;
  // Letters right behind a number belong to it, and are of no known meaning but as an ordinal or before a time.
  if (/^[a-z]/i.test(tokens[at + 1] ?? '') && !/^(?:st|nd|rd|th|t)$/i.test(tokens[at + 1] ?? ''))
    return undefined;
  const run = /^(\d{4})(\d\d)(\d\d)(?:(?:\d\d){2,3})?$/.exec(token) ?? /^(\d\d)(\d\d)(\d\d)$/.exec(token);
  if (!run || parts.length > 0)
    parts.push({ number: Number(token), ...(token.length > 2 ? { is: 'year' as const } : {}) });
  else
    for (const [index, part] of run.slice(1, 4).entries())
      parts.push({
        number: Number(part),
        ...(index === 0 && part.length > 2 ? { is: 'year' as const } : {}),
      });
  return 1;
}

/** Weekdays, zones and what only fills. */
function readRest(token: string, { hour }: Pick<WrittenDate, 'hour'>): number | undefined {
  return filling.test(token) || weekday.test(token) || (hour !== undefined && zone.test(token))
    ? 1
    : undefined;
}

/** Which part is what. */
function inOrder(parts: readonly Part[]): Pick<WrittenDate, 'year' | 'month' | 'day'> | undefined {
  if (parts.length > 3 || parts.filter(({ is }) => is === 'month').length > 1) return undefined;
  if (parts.filter(({ is }) => is === 'year').length > 1) return undefined;
  const isYear = ({ number, is }: Part) => is === 'year' || (is === undefined && number > 31);
  const named = parts.findIndex(({ is }) => is === 'month');
  const others = parts.filter((_, index) => index !== named);
  const month = parts[named]?.number;
  const [first, second, third] = others;
  if (!first) return undefined;
  if (!second) return isYear(first) ? dayOf(first, month) : undefined;
  if (month !== undefined) {
    if (isYear(first)) return dayOf(first, month, second);
    // The name at the end: the year is thought to come first.
    return named === 2 && !isYear(second) ? dayOf(first, month, second) : dayOf(second, month, first);
  }
  if (!third) {
    if (isYear(first)) return dayOf(first, second.number);
    return isYear(second) ? dayOf(second, first.number) : undefined;
  }
  if (isYear(first)) return dayOf(first, second.number, third);
  if (isYear(second)) return undefined;
  return first.number > 12 ? dayOf(third, second.number, first) : dayOf(third, first.number, second);
}

function dayOf(
  year: Part,
  month: number | undefined,
  day?: Part,
): Pick<WrittenDate, 'year' | 'month' | 'day'> {
  // Of a year in two digits the century is the nearer one.
  const century = year.is === 'year' || year.number > 99 ? 0 : year.number < 75 ? 2000 : 1900;
  return {
    year: year.number + century,
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day: day.number }),
  };
}
