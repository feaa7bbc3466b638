import { describe, expect, it } from 'vitest';
import { silentLogger } from './log.ts';
import { Shutdown } from './shutdown.ts';

describe('a shutdown', () => {
  it('runs its steps in order, one after the other, once', async () => {
    const order: string[] = [];
    const shutdown = new Shutdown(silentLogger);
    shutdown.add('first', 1000, async () => {
      await Promise.resolve();
      order.push('first');
    });
    shutdown.add('second', 1000, () => void order.push('second'));
    expect(await Promise.all([shutdown.run(), shutdown.run()])).toEqual([true, true]);
    expect(order).toEqual(['first', 'second']);
  });

  it('goes on after a step that fails or takes too long, and says that it was not clean', async () => {
    const order: string[] = [];
    const shutdown = new Shutdown(silentLogger);
    shutdown.add('fails', 1000, () => Promise.reject(new Error('no')));
    shutdown.add('hangs', 20, () => new Promise(() => {}));
    shutdown.add('last', 1000, () => void order.push('last'));
    expect(await shutdown.run()).toBe(false);
    expect(order).toEqual(['last']);
  });
});
