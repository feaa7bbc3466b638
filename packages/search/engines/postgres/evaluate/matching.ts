import { Bits } from '../column/bits.ts';
import type { Match, Plan, Run } from './match.ts';

/** Documents that fulfil the condition. */
export function matching({ columns, among }: Run, fulfils: (slot: number) => boolean): Match {
  const bits = new Bits(columns.size);
  among.each((slot) => {
    if (fulfils(slot)) bits.add(slot);
  });
  return { bits, scores: undefined };
}

/** Documents that a look-up has listed. */
export const listed =
  (leaf: number): Plan =>
  (run) => {
    const bits = new Bits(run.columns.size);
    for (const numbers of run.leaves[leaf]!.values()) addAll(bits, numbers, run);
    return { bits, scores: undefined };
  };

/** Those of a look-up that covers nearly all, and those found by looking at the others. */
export const listedWithRest =
  (leaf: number, rest: number): Plan =>
  (run) => {
    const match = listed(leaf)(run);
    addAll(match.bits, run.rests[rest]!, run);
    return match;
  };

function addAll(bits: Bits, numbers: ArrayLike<number>, { columns }: Run): void {
  for (let at = 0; at < numbers.length; at++) {
    const slot = columns.slotOf(numbers[at]!);
    if (slot >= 0) bits.add(slot);
  }
}
