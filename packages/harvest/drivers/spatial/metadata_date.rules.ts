const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads the date of a record, its zone dropped as the reference does: ISO 8601, or day, month name and year.
 * @returns `YYYY-MM-DD HH:MM:SS`, or undefined for what is no date between the years 1 and 9999
 */
export function readMetadataDate(text: string): string | undefined {
  const value = text.trim();
  const iso =
    /^(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(?:Z|[+-]\d\d:?(?:\d\d)?)?)?$/i.exec(
      value,
    );
  if (iso) return dateOf(iso.slice(1).map((part) => (part === undefined ? undefined : Number(part))));
  const named =
    /^(?:[a-z]+,?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s,-]+(\d{4})(?:\s+(\d\d):(\d\d)(?::(\d\d))?)?(?:\s*(?:GMT|UTC|Z|[+-]\d{4}))?$/i.exec(
      value,
    );
  if (!named) return undefined;
  const month = months.indexOf((named[2] ?? '').toLowerCase()) + 1;
  return dateOf(
    [named[3], month, named[1], named[4], named[5], named[6]].map((part) =>
      part === undefined ? undefined : Number(part),
    ),
  );
}

function dateOf([year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: (number | undefined)[]):
  | string
  | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const text = date.toISOString();
  const given = `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
  // A day or an hour that does not exist comes out as another one.
  return year >= 1 && text.startsWith(given) ? given.replace('T', ' ') : undefined;
}

const pad = (number: number, length = 2): string => String(number).padStart(length, '0');
