import { expect, it } from 'vitest';
import { double, endless, fail } from '../testing/slow_work.ts';
import { limited, TooMuchWork } from './limited.ts';

const module = new URL('../testing/slow_work.ts', import.meta.url).href;
const twice = limited(module, double);
const failing = limited(module, fail);
const forever = limited(module, endless);
const limits = { seconds: 1, what: 'Record r' };

it('answers what the function answers, in the order of the calls', async () => {
  const answers: number[] = [];
  await Promise.all([1, 2, 3].map(async (n) => answers.push(await twice(limits, n))));
  expect(answers).toEqual([2, 4, 6]);
});

it('fails as the function fails, and goes on', async () => {
  await expect(failing(limits, 'No such element')).rejects.toThrow('No such element');
  expect(await twice(limits, 4)).toBe(8);
});

it('ends work that goes on for ever, naming it, while everything else goes on; what waits is done after it', async () => {
  let turns = 0;
  const turn = setInterval(() => turns++, 20);
  const hostile = forever(limits).catch((error: unknown) => error);
  const behind = twice(limits, 5);
  const error = await hostile;
  clearInterval(turn);
  expect(error).toBeInstanceOf(TooMuchWork);
  expect(error).toHaveProperty(
    'message',
    'Record r takes more than 1 s of a processor to read (portolan.harvest.max_document_s)',
  );
  expect(turns).toBeGreaterThan(10);
  expect(await behind).toBe(10);
});
