import { describe, expect, it } from 'vitest';
import { rowId, systemRuntime, timestamp } from './runtime.ts';

describe('a timestamp', () => {
  it.each([
    ['2024-05-24T15:52:30.123Z', '2024-05-24T15:52:30.123000'],
    ['2020-02-25T12:00:00.000Z', '2020-02-25T12:00:00'],
    ['1999-12-31T23:59:59.001Z', '1999-12-31T23:59:59.001000'],
  ])('of %s is %s', (moment, text) => {
    expect(timestamp(Date.parse(moment))).toBe(text);
  });

  it('keeps microseconds', () => {
    expect(timestamp(Date.parse('2024-05-24T15:52:30.123Z') + 0.456)).toMatch(
      /^2024-05-24T15:52:30\.12345\d$/,
    );
  });
});

describe('the system’s clock', () => {
  it('does not run backwards', () => {
    const moments = Array.from({ length: 1000 }, () => systemRuntime.now());
    expect(moments).toEqual([...moments].sort((a, b) => a - b));
    expect(Math.abs((moments[0] ?? 0) - Date.now())).toBeLessThan(1000);
  });
});

describe('ids of rows', () => {
  const runtime = { ...systemRuntime, now: () => Date.UTC(2024, 0, 1) };

  it('have the form of a version 4 UUID and differ within one moment', () => {
    const ids = Array.from({ length: 100 }, () => rowId(runtime));
    expect(new Set(ids).size).toBe(100);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('lie behind those of earlier moments', () => {
    expect(rowId(runtime) < rowId({ ...runtime, now: () => runtime.now() + 1 })).toBe(true);
  });
});
