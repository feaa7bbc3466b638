import { tooMuch } from '../lookup_cost.ts';

/** Work in steps, between which other work of the process may get its turn: none of them takes long. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Short work as a step of its own. */
export const inOneStep = <Arguments extends unknown[], Result>(work: (...given: Arguments) => Result) =>
  function* (...given: Arguments): Steps<Result> {
    const result = work(...given);
    yield;
    return result;
  };

/** Milliseconds after which other work gets its turn. Most searches are done before. */
const longestTurn = 30;

/** Milliseconds of the processor that the work of one search may take. */
const longestWork = 1000;

/**
 * Does the work, and lets others in now and then.
 * @returns undefined where what it works on `hasMoved` during a pause
 * @throws a search error where it takes too long
 */
export async function inTurns<Result>(
  steps: Steps<Result>,
  hasMoved: () => boolean,
): Promise<Result | undefined> {
  let began = performance.now();
  // Of the first turn nobody knows that it is not the last.
  let worked = longestTurn;
  let before: NodeJS.CpuUsage | undefined;
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - began < longestTurn) continue;
    if (before) worked += process.cpuUsage(before).user / 1000;
    if (worked > longestWork) throw tooMuch();
    await new Promise(setImmediate);
    if (hasMoved()) return undefined;
    began = performance.now();
    before = process.cpuUsage();
  }
}

/** Does the work without a pause. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
