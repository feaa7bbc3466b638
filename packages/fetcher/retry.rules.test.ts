import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryWait } from './retry.rules.ts';

const limits = { retries: 3, backoff: 1000, maxWait: 60_000 };
const now = Date.UTC(2026, 0, 1);

describe('retryWait', () => {
  it.each([
    ['7', 7000],
    [' 0 ', 0],
    ['60', 60_000],
    ['61', undefined],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', 750],
    [undefined, 750],
  ])('with Retry-After %j waits %j ms', (asked, wait) => {
    expect(retryWait(0, asked, limits, now, 0.5)).toBe(wait);
  });

  it('doubles, spreads and never exceeds the longest wait', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const wait = retryWait(attempt, undefined, limits, now, random) ?? Number.NaN;
        const full = Math.min(1000 * 2 ** attempt, 60_000);
        expect(wait).toBeGreaterThanOrEqual(full / 2);
        expect(wait).toBeLessThanOrEqual(full);
      }),
    );
  });
});
