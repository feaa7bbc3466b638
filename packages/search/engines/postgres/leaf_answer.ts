import type { Bits } from './column/bits.ts';
import { numbersIn } from './column/column_rows.ts';

/** What the index gave for one look-up: by the occurrences of a term that a list adds, the numbers of its documents. */
export type LeafAnswer = ReadonlyMap<number, Int32Array>;

/** How many documents are in the lists. */
export function documentsIn(answer: LeafAnswer): number {
  let documents = 0;
  for (const numbers of answer.values()) documents += numbers.length;
  return documents;
}

/** Gathers the lists of a look-up; of the same occurrences there may be several. */
export function addList(answer: Map<number, Int32Array>, amount: number, packed: Buffer | null): void {
  const numbers = numbersIn(packed);
  const before = answer.get(amount);
  if (numbers.length > 0 || !before) answer.set(amount, before ? joined(before, numbers) : numbers);
}

/** The answer with what it says of the documents numbered in `changed` replaced by `now`. */
export function replaced(answer: LeafAnswer, changed: Bits, now: LeafAnswer): Map<number, Int32Array> {
  const fresh = new Map<number, Int32Array>();
  for (const [amount, numbers] of answer) fresh.set(amount, without(numbers, changed));
  for (const [amount, numbers] of now) {
    const before = fresh.get(amount);
    fresh.set(amount, before ? joined(before, numbers) : numbers);
  }
  return fresh;
}

function without(numbers: Int32Array, gone: Bits): Int32Array {
  const left = new Int32Array(numbers.length);
  let kept = 0;
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at]!;
    if (number < gone.size && gone.has(number)) continue;
    left[kept++] = number;
  }
  return kept === numbers.length ? numbers : left.slice(0, kept);
}

function joined(one: Int32Array, other: Int32Array): Int32Array {
  if (other.length === 0) return one;
  const both = new Int32Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
