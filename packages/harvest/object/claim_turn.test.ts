import { expect, it } from 'vitest';
import { claimsOfTurns } from './claim_turn.ts';

/**
 * Works on records that take so many milliseconds each, until there are no more.
 * @param given at most so many are, however many are claimed
 * @returns how many were claimed at a time, and milliseconds that all took
 */
async function work(
  records: number,
  each: number,
  mayGoOn: () => boolean,
  given = Number.POSITIVE_INFINITY,
): Promise<{ claims: number[]; took: number }> {
  let now = 0;
  let left = records;
  const claims: number[] = [];
  const claim = async (limit: number) => {
    const taken = Math.min(limit, left, given);
    left -= taken;
    return Array.from({ length: taken }, (_, n) => n);
  };
  const turns = claimsOfTurns(
    () => now,
    claim,
    async () => mayGoOn(),
  );
  for await (const claimed of turns) {
    claims.push(claimed.length);
    now += claimed.length * each;
  }
  return { claims, took: now };
}

it('claims few records first, then as many as the rest of the turn is enough for', async () => {
  expect(await work(10_000, 20, () => false)).toEqual({ claims: [50, 450], took: 10_000 });
});

it('never claims more than a thousand at once', async () => {
  expect(await work(3000, 1, () => false)).toEqual({ claims: [50, 1000, 1000, 950], took: 3000 });
});

it('leaves a rest that is not enough for fifty records to the next turn', async () => {
  expect(await work(10_000, 21, () => false)).toEqual({ claims: [50, 426], took: 9996 });
});

it('claims those of a slow remote by few, and ends with the claim that takes the turn over its time', async () => {
  expect(await work(10_000, 500, () => false)).toEqual({ claims: [50], took: 25_000 });
});

it('has one turn after the other while nobody else waits, for some two minutes', async () => {
  const { claims, took } = await work(10_000, 20, () => true);
  expect(claims).toEqual([50, 450, ...Array(6).fill(1000)]);
  expect(took).toBe(130_000);
});

it('ends with its turn once somebody waits', async () => {
  let asked = 0;
  expect((await work(10_000, 20, () => ++asked < 3)).took).toBe(90_000);
});

it('goes on for all of its turn with records that are given one by one', async () => {
  expect((await work(10_000, 300, () => false, 1)).claims).toHaveLength(33);
});
