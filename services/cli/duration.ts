import { CommandError } from './environment.ts';

const units = { s: 1, m: 60, h: 3600 } as const;

/** Seconds that `30s`, `5m` or `1h` stand for. @throws CommandError for anything else */
export function secondsOf(text: string): number {
  const [, digits, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
  if (!digits) throw new CommandError(`${text} is no time; give one such as 30s, 5m or 1h`, 2);
  return Number(digits) * units[unit as keyof typeof units];
}
