import { Bits } from '../column/bits.ts';
import type { Order } from '../evaluate/order.ts';
import { sortInSteps } from '../evaluate/sort_in_steps.ts';
import type { Steps } from '../evaluate/steps.ts';
import type { CurrentValue } from './current_values.ts';

/** All documents in one order: a page of whatever is found is read off without sorting. */
export class SortedSlots implements CurrentValue {
  #slots: Int32Array;
  /** Beyond all slots. */
  #size: number;
  #gone: Bits | undefined;
  /** The columns that the order compares. */
  readonly columns: readonly unknown[];

  private constructor(slots: Int32Array, size: number, columns: readonly unknown[]) {
    this.#slots = slots;
    this.#size = size;
    this.columns = columns;
  }

  static *of(live: Bits, order: Order, columns: readonly unknown[]): Steps<SortedSlots> {
    const slots = live.list();
    const size = (slots.at(-1) ?? -1) + 1;
    return new SortedSlots(yield* sortInSteps(slots, order), size, columns);
  }

  get weight(): number {
    return this.#slots.byteLength;
  }

  withdraw(slots: readonly number[]): void {
    this.#gone ??= new Bits(this.#size);
    for (const slot of slots) if (slot < this.#size) this.#gone.add(slot);
  }

  /** Puts these, which are new or were withdrawn, in their places. */
  admit(slots: readonly number[], order: Order): void {
    const left = this.#left();
    const fresh = [...slots].sort(order);
    const merged = new Int32Array(left.length + fresh.length);
    let taken = 0;
    for (const [place, slot] of fresh.entries()) {
      const next = placeOf(slot, left, taken, order);
      merged.set(left.subarray(taken, next), taken + place);
      merged[next + place] = slot;
      taken = next;
    }
    merged.set(left.subarray(taken), taken + fresh.length);
    this.#slots = merged;
    this.#size = Math.max(this.#size, ...fresh.map((slot) => slot + 1));
  }

  /** The documents of `bits` from place `start` on, at most `rows`. */
  page(bits: Bits, start: number, rows: number): number[] {
    const page: number[] = [];
    let before = start;
    for (let at = 0; at < this.#slots.length && page.length < rows; at++) {
      const slot = this.#slots[at]!;
      if (slot < bits.size && bits.has(slot) && before-- <= 0) page.push(slot);
    }
    return page;
  }

  #left(): Int32Array {
    const gone = this.#gone;
    this.#gone = undefined;
    return gone ? this.#slots.filter((slot) => !gone.has(slot)) : this.#slots;
  }
}

/** Where the slot belongs among those of the list from `from` on. */
function placeOf(slot: number, list: Int32Array, from: number, order: Order): number {
  let [low, high] = [from, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(list[middle]!, slot) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
