import { Bits } from '../column/bits.ts';
import type { Match, Plan, Run } from './match.ts';
import { inOneStep, type Steps } from './steps.ts';

/** Documents that are looked at in one step: the longest look takes some microseconds. */
const slotsPerStep = 4096;

/** Documents that fulfil the condition. */
export function* matching({ columns, among }: Run, fulfils: (slot: number) => boolean): Steps<Match> {
  const bits = new Bits(columns.size);
  const look = (slot: number) => {
    if (fulfils(slot)) bits.add(slot);
  };
  for (let from = 0; from < among.size; from += slotsPerStep) {
    among.eachFrom(from, from + slotsPerStep, look);
    yield;
  }
  return { bits, scores: undefined };
}

/** Documents that a look-up has listed. */
export const listed = (leaf: number): Plan =>
  inOneStep((run) => ({ bits: bitsOf(leaf, run), scores: undefined }));

/** The same, of a run. */
export function bitsOf(leaf: number, run: Run): Bits {
  const bits = new Bits(run.columns.size);
  for (const numbers of run.leaves[leaf]!.values()) addAll(bits, numbers, run);
  return bits;
}

/** Those of a look-up that covers nearly all, and those found by looking at the others. */
export const listedWithRest = (leaf: number, rest: number): Plan =>
  inOneStep((run) => {
    const bits = bitsOf(leaf, run);
    addAll(bits, run.rests[rest]!, run);
    return { bits, scores: undefined };
  });

function addAll(bits: Bits, numbers: ArrayLike<number>, { columns }: Run): void {
  for (let at = 0; at < numbers.length; at++) {
    const slot = columns.slotOf(numbers[at]!);
    if (slot >= 0) bits.add(slot);
  }
}
