import { describe, expect, it, vi } from 'vitest';
import { createCircuitBreaker } from './circuit.ts';
import { createHostLimiter } from './politeness.ts';

describe('createHostLimiter', () => {
  it('lets two in and the third when a turn is given back, first come first served', async () => {
    const limiter = createHostLimiter({ concurrency: 2, minInterval: 0, runtime: { now: () => 0 } });
    const first = await limiter.acquire('h', undefined);
    await limiter.acquire('h', undefined);
    const order: number[] = [];
    const third = limiter.acquire('h', undefined).then(() => order.push(3));
    const other = limiter.acquire('other', undefined).then(() => order.push(0));
    await other;
    expect(order).toEqual([0]);
    first();
    first();
    await third;
    expect(order).toEqual([0, 3]);
  });

  it('keeps starts apart, also after everything has ended', async () => {
    vi.useFakeTimers();
    try {
      const limiter = createHostLimiter({
        concurrency: 5,
        minInterval: 500,
        runtime: { now: () => Date.now() },
      });
      const starts: number[] = [];
      const visit = async () => {
        const giveBack = await limiter.acquire('h', undefined);
        starts.push(Date.now());
        giveBack();
      };
      const zero = Date.now();
      await Promise.all([visit(), visit(), visit(), vi.advanceTimersByTimeAsync(1000)]);
      await Promise.all([visit(), vi.advanceTimersByTimeAsync(500)]);
      expect(starts.map((at) => at - zero)).toEqual([0, 500, 1000, 1500]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('gives up a place when the caller does', async () => {
    const limiter = createHostLimiter({ concurrency: 1, minInterval: 0, runtime: { now: () => 0 } });
    const giveBack = await limiter.acquire('h', undefined);
    const gone = new AbortController();
    const waiting = limiter.acquire('h', gone.signal);
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    giveBack();
    (await limiter.acquire('h', undefined))();
  });
});

describe('createCircuitBreaker', () => {
  it('opens after failures in a row, tries once after the cooldown, and closes on success', async () => {
    let now = 0;
    const circuit = createCircuitBreaker({ threshold: 2, cooldown: 100, runtime: { now: () => now } });
    await circuit.failed('h');
    await circuit.succeeded('h');
    await circuit.failed('h');
    await circuit.check('h');
    await circuit.failed('h');
    await expect(circuit.check('h')).rejects.toThrow(
      'Remote server is not responding: stopped after 2 failures',
    );
    await circuit.check('other');
    now = 100;
    await circuit.check('h');
    await expect(circuit.check('h')).rejects.toThrow();
    await circuit.succeeded('h');
    await circuit.check('h');
  });
});
