import type { Bits } from '../column/bits.ts';
import { type CodedColumn, reaching } from '../column/coded_column.ts';
import type { CurrentValue } from './current_values.ts';

/** The documents of a query or of a filter, and how many of them have which value of the columns counted so far. */
export class FoundSet implements CurrentValue {
  #bits: Bits;
  #count: number;
  readonly #counts = new Map<string, { column: CodedColumn; counts: Int32Array }>();

  /** `bits` are its own from now on. */
  constructor(bits: Bits) {
    this.#bits = bits;
    this.#count = bits.count();
  }

  /** Not to be changed. */
  get bits(): Bits {
    return this.#bits;
  }

  get count(): number {
    return this.#count;
  }

  get weight(): number {
    let weight = this.#bits.words.byteLength;
    for (const { counts } of this.#counts.values()) weight += counts.byteLength;
    return weight;
  }

  withdraw(slots: readonly number[]): void {
    for (const slot of slots) {
      if (slot >= this.#bits.size || !this.#bits.has(slot)) continue;
      this.#bits.remove(slot);
      this.#count--;
      for (const { column, counts } of this.#counts.values()) column.count(slot, counts, -1);
    }
  }

  /** Of these, which were withdrawn, those belong in again that are in `matched`. */
  admit(slots: readonly number[], matched: Bits): void {
    if (matched.size > this.#bits.size) this.#bits = this.#bits.copy(matched.size);
    for (const one of this.#counts.values()) one.counts = reaching(one.counts, one.column.values.length);
    for (const slot of slots) {
      if (!matched.has(slot)) continue;
      this.#bits.add(slot);
      this.#count++;
      for (const { column, counts } of this.#counts.values()) column.count(slot, counts);
    }
  }

  /** How many of the documents have each of the column's values, by code; not to be changed. */
  countsOf(key: string, column: CodedColumn): Int32Array {
    const known = this.#counts.get(key);
    // One that left memory and was read again has other codes.
    if (known?.column === column) {
      known.counts = reaching(known.counts, column.values.length);
      return known.counts;
    }
    const counts = new Int32Array(column.values.length + 1);
    this.#bits.each((slot) => column.count(slot, counts));
    this.#counts.set(key, { column, counts });
    return counts;
  }
}
