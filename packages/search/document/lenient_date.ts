export interface DatasetDate {
  /** Milliseconds since the epoch. */
  milliseconds: number;
  /** ISO 8601 with the offset of the zone that was given, or `Z`. */
  text: string;
}

interface Parts {
  year?: number;
  month?: number;
  day?: number;
  time: { hour: number; minute: number; second: number; fraction: string };
  zone: string | undefined;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const clock =
  /(?:^|[T\s])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?\s*(am|pm)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;

/**
 * A date as publishers write them in `*_date` keys: ISO 8601, `31/12/2020`, `12 June 2020`, `June 2020`, `2020`.
 * What is missing is taken from today, the month comes before the day where both could be; as CKAN's own reader
 * does. Undefined where nothing can be made of it.
 */
export function datasetDate(text: string, now: number): DatasetDate | undefined {
  const parts = readParts(text.trim());
  if (!parts) return undefined;
  const today = new Date(now);
  const year = parts.year ?? today.getUTCFullYear();
  const month = parts.month ?? today.getUTCMonth() + 1;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day = parts.day ?? Math.min(today.getUTCDate(), lastDay);
  if (month < 1 || month > 12 || day < 1 || day > lastDay) return undefined;
  const { hour, minute, second, fraction } = parts.time;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
  const whole = `${date}${fraction ? `.${fraction.padEnd(6, '0')}` : ''}${zoneOf(parts.zone)}`;
  const milliseconds = Date.parse(`${date}.${fraction.padEnd(3, '0').slice(0, 3)}${zoneOf(parts.zone)}`);
  return Number.isNaN(milliseconds) ? undefined : { milliseconds, text: whole };
}

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

// As Python writes zones; where none is given CKAN puts a `Z`.
function zoneOf(zone: string | undefined): string {
  if (zone === undefined) return 'Z';
  if (/^[A-Z]/i.test(zone)) return '+00:00';
  return zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}

function readParts(text: string): Parts | undefined {
  const found = clock.exec(text);
  const date = readDate((found ? text.slice(0, found.index) : text).trim());
  if (!date) return undefined;
  const [, hour = '0', minute = '0', second = '0', fraction = '', half, zone] = found ?? [];
  const afternoon = half?.toLowerCase() === 'pm' && Number(hour) < 12 ? 12 : 0;
  const midnight = half?.toLowerCase() === 'am' && Number(hour) === 12 ? -12 : 0;
  const time = {
    hour: Number(hour) + afternoon + midnight,
    minute: Number(minute),
    second: Number(second),
    fraction,
  };
  return { ...date, time, zone };
}

type DateParts = Pick<Parts, 'year' | 'month' | 'day'>;

const forms: [RegExp, (found: string[]) => DateParts | undefined][] = [
  [/^(\d{4})-?(\d{2})-?(\d{2})$/, ([y, m, d]) => ({ year: Number(y), month: Number(m), day: Number(d) })],
  [
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/,
    ([y, m, d]) => ({ year: Number(y), month: Number(m), day: Number(d) }),
  ],
  [/^(\d{4})[-/.](\d{1,2})$/, ([y, m]) => ({ year: Number(y), month: Number(m) })],
  [/^(\d{1,2})[-/.](\d{4})$/, ([m, y]) => ({ year: Number(y), month: Number(m) })],
  [/^(\d{4})$/, ([y]) => ({ year: Number(y) })],
  [
    /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})$/,
    ([a, b, y]) => dayAndMonth(Number(a), Number(b), fullYear(y!)),
  ],
  [
    /^(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?([a-z]{3,9})\.?,?(?:[\s-]+(\d{2}|\d{4}))?$/i,
    ([d, m, y]) => named(m!, d, y),
  ],
  [/^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?$/i, ([m, d, y]) => named(m!, d, y)],
  [/^([a-z]{3,9})\.?,?(?:[\s-]+(\d{4}))?$/i, ([m, y]) => named(m!, undefined, y)],
];

function readDate(text: string): DateParts | undefined {
  for (const [form, read] of forms) {
    const found = form.exec(text);
    if (found) return read(found.slice(1) as string[]);
  }
  return undefined;
}

function dayAndMonth(first: number, second: number, year: number): DateParts {
  return first > 12 ? { year, month: second, day: first } : { year, month: first, day: second };
}

const fullYear = (text: string) =>
  text.length === 4 ? Number(text) : Number(text) + (Number(text) < 69 ? 2000 : 1900);

const longNames =
  'january february march april may june july august september sept october november december'.split(' ');

function named(name: string, day: string | undefined, year: string | undefined): DateParts | undefined {
  const word = name.toLowerCase();
  if (!months.includes(word) && !longNames.includes(word)) return undefined;
  const parts: DateParts = { month: months.indexOf(word.slice(0, 3)) + 1 };
  if (day !== undefined) parts.day = Number(day);
  if (year !== undefined) parts.year = fullYear(year);
  return parts;
}
