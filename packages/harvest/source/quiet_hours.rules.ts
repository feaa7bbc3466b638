const day = 86_400_000;
const minute = 60_000;

/** Minutes after midnight, UTC; the end is not among them. An end before the start is on the next day. */
export interface QuietHours {
  from: number;
  to: number;
}

/**
 * When a source wants to be left alone: `"quiet_hours": "07:30-19:00"` in its configuration, UTC.
 * @throws Error when it reads otherwise
 */
export function quietHoursOf(config: Record<string, unknown>): QuietHours | undefined {
  const value = config['quiet_hours'];
  if (value === undefined || value === null || value === '') return undefined;
  const match = typeof value === 'string' && /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(value);
  const [hours, minutes, toHours, toMinutes] = match ? match.slice(1).map(Number) : [];
  const from = Number(hours) * 60 + Number(minutes);
  const to = Number(toHours) * 60 + Number(toMinutes);
  if (!match || Number(minutes) > 59 || Number(toMinutes) > 59 || from >= 1440 || to > 1440 || from === to)
    throw new Error('quiet_hours must be like 07:30-19:00, in UTC');
  return { from, to };
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
  const at = Math.floor((now % day) / minute);
  return hours.from < hours.to ? at >= hours.from && at < hours.to : at >= hours.from || at < hours.to;
}
