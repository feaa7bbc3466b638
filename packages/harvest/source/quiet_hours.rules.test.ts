import { expect, it } from 'vitest';
import { isQuiet, quietHoursOf } from './quiet_hours.rules.ts';

const at = (time: string) => Date.parse(`2026-03-01T${time}:00Z`);

it.each([
  ['07:30-19:00', '07:29', false],
  ['07:30-19:00', '07:30', true],
  ['07:30-19:00', '18:59', true],
  ['07:30-19:00', '19:00', false],
  ['22:00-06:00', '23:30', true],
  ['22:00-06:00', '05:59', true],
  ['22:00-06:00', '06:00', false],
  ['08:00-09:00 Asia/Kathmandu', '02:14', false],
  ['08:00-09:00 Asia/Kathmandu', '02:15', true],
  ['22:00-02:00 America/New_York', '03:00', true],
  ['22:00-02:00 America/New_York', '07:00', false],
  ['nonsense', '12:00', false],
  [undefined, '12:00', false],
])('with quiet hours %s a source is left alone at %s: %s', (quiet_hours, time, expected) => {
  expect(isQuiet({ quiet_hours }, at(time))).toBe(expected);
});

it.each(['7-19', '25:00-26:00', '10:75-11:00', '10:00-10:00', '10:00-11:00 Mars/Olympus', 5])(
  'refuses %s',
  (quiet_hours) => {
    expect(() => quietHoursOf({ quiet_hours })).toThrow('quiet_hours must be like 07:30-19:00, in UTC, or');
  },
);

it('follows the summer time of the zone', () => {
  const quiet = { quiet_hours: '08:00-09:00 Europe/London' };
  expect(isQuiet(quiet, Date.parse('2026-01-15T08:30:00Z'))).toBe(true);
  expect(isQuiet(quiet, Date.parse('2026-07-15T08:30:00Z'))).toBe(false);
  expect(isQuiet(quiet, Date.parse('2026-07-15T07:30:00Z'))).toBe(true);
});
