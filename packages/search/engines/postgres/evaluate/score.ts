import type { Bits } from '../column/bits.ts';
import type { Match, Run } from './match.ts';

/** These documents, each with the same score where one is wanted. */
export function constantly(run: Run, bits: Bits, score: number | undefined): Match {
  if (score === undefined) return { bits, scores: undefined };
  const scores = run.scratch.take();
  bits.each((slot) => {
    scores[slot] = score;
  });
  return { bits, scores };
}

/** Adds `more`, which these documents have, and gives it back. */
export function addScores(
  scores: Float64Array | undefined,
  more: Float64Array | undefined,
  bits: Bits,
  run: Run,
): void {
  if (!scores || !more) {
    run.scratch.give(more);
    return;
  }
  // Outside of its documents it holds zeros.
  bits.each((slot) => {
    scores[slot]! += more[slot]!;
    more[slot] = 0;
  });
  run.scratch.giveClean(more);
}

/** Puts 0 where the documents are not. */
export function clearOutside(scores: Float64Array, bits: Bits): void {
  for (let at = 0; at < bits.words.length; at++) {
    const word = bits.words[at]!;
    if (word === 0xffffffff) continue;
    const from = at << 5;
    if (word === 0) scores.fill(0, from, from + 32);
    else
      for (let bit = 0; bit < 32 && from + bit < scores.length; bit++)
        if (((word >>> bit) & 1) === 0) scores[from + bit] = 0;
  }
}
