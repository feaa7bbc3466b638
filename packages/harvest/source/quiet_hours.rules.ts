/** Minutes after midnight in the zone; the end is not among them. An end before the start is on the next day. */
export interface QuietHours {
  from: number;
  to: number;
  /** As in `Europe/London`: the hours follow its summer time. */
  zone: string;
}

/**
 * When a source wants to be left alone: `"quiet_hours": "07:30-19:00"` in its configuration, in UTC, or
 * with a time zone after it.
 * @throws Error when it reads otherwise
 */
export function quietHoursOf(config: Record<string, unknown>): QuietHours | undefined {
  const value = config['quiet_hours'];
  if (value === undefined || value === null || value === '') return undefined;
  const match = typeof value === 'string' && /^(\d\d):(\d\d)-(\d\d):(\d\d)(?: (\S+))?$/.exec(value);
  const [hours, minutes, toHours, toMinutes] = match ? match.slice(1, 5).map(Number) : [];
  const from = Number(hours) * 60 + Number(minutes);
  const to = Number(toHours) * 60 + Number(toMinutes);
  const zone = match ? (match[5] ?? 'UTC') : '';
  if (
    !match ||
    !isZone(zone) ||
    Number(minutes) > 59 ||
    Number(toMinutes) > 59 ||
    from >= 1440 ||
    to > 1440 ||
    from === to
  )
    throw new Error('quiet_hours must be like 07:30-19:00, in UTC, or 07:30-19:00 Europe/London');
  return { from, to, zone };
}

/** @param now milliseconds since the epoch */
export function isQuiet(config: Record<string, unknown>, now: number): boolean {
  let hours: QuietHours | undefined;
  try {
    hours = quietHoursOf(config);
  } catch {
    return false; // Written by other hands; a wish that nobody can read is none.
  }
  if (!hours) return false;
  const at = minuteOfDay(now, hours.zone);
  return hours.from < hours.to ? at >= hours.from && at < hours.to : at >= hours.from || at < hours.to;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

function minuteOfDay(now: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: 'hour' | 'minute') => Number(parts.find((one) => one.type === type)?.value);
  return part('hour') * 60 + part('minute');
}
