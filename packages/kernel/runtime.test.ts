import { describe, expect, it } from 'vitest';
import { timestamp } from './runtime.ts';

describe('a timestamp', () => {
  it.each([
    ['2024-05-24T15:52:30.123Z', '2024-05-24T15:52:30.123000'],
    ['2020-02-25T12:00:00.000Z', '2020-02-25T12:00:00'],
    ['1999-12-31T23:59:59.001Z', '1999-12-31T23:59:59.001000'],
  ])('of %s is %s', (moment, text) => {
    expect(timestamp(Date.parse(moment))).toBe(text);
  });
});
