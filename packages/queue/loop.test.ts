import { silentLogger } from '@portolan/kernel';
import { expect, test } from 'vitest';
import { startLoop } from './loop.ts';

const day = 86_400_000;
const base = { name: 'test', logger: silentLogger, interval: day };

/** A round that tells when it has begun and ends when it is told to. */
function controlled() {
  const begun: (() => void)[] = [];
  let rounds = 0;
  let ends = Promise.withResolvers<void>();
  return {
    async round(): Promise<undefined> {
      rounds++;
      for (const tell of begun.splice(0)) tell();
      await ends.promise;
    },
    nextRound: () => new Promise<void>((resolve) => begun.push(resolve)),
    end() {
      ends.resolve();
      ends = Promise.withResolvers();
    },
    count: () => rounds,
  };
}

test('a wake during a round brings one more round, not one for each wake', async () => {
  const rounds = controlled();
  const loop = startLoop({ ...base, round: rounds.round });
  loop.wake();
  loop.wake();
  const second = rounds.nextRound();
  rounds.end();
  await second;
  rounds.end();
  await loop.stop();
  expect(rounds.count()).toBe(2);
});

test('stopping waits for the round under way and begins no other', async () => {
  const rounds = controlled();
  const loop = startLoop({ ...base, round: rounds.round });
  let stopped = false;
  const stopping = loop.stop().then(() => {
    stopped = true;
  });
  await new Promise(setImmediate);
  expect(stopped).toBe(false);
  rounds.end();
  await stopping;
  expect(rounds.count()).toBe(1);
});

test('a failed round does not end the loop', async () => {
  let rounds = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const loop = startLoop({
    ...base,
    interval: 1,
    async round() {
      if (++rounds === 3) resolve();
      throw new Error('down');
    },
  });
  await promise;
  await loop.stop();
  expect(rounds).toBeGreaterThanOrEqual(3);
});

test('a round may ask for the next one sooner', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let rounds = 0;
  const loop = startLoop({
    ...base,
    async round() {
      if (++rounds === 2) resolve();
      return 0;
    },
  });
  await promise;
  await loop.stop();
});
