export const frequencies = ['MANUAL', 'MONTHLY', 'WEEKLY', 'BIWEEKLY', 'DAILY', 'ALWAYS'] as const;
export type Frequency = (typeof frequencies)[number];

const day = 86_400_000;

/**
 * When a source is due again, as milliseconds; undefined for one that is only harvested by hand.
 * BIWEEKLY is every two weeks; MONTHLY is as long as the current month.
 */
export function nextRun(frequency: string, now: number): number | undefined {
  const date = new Date(now);
  const month = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const days: Record<string, number> = { ALWAYS: 0, DAILY: 1, WEEKLY: 7, BIWEEKLY: 14, MONTHLY: month };
  const interval = days[frequency.toUpperCase()];
  return interval === undefined ? undefined : now + interval * day;
}
