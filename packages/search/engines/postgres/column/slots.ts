import { Bits } from './bits.ts';
import { reaching } from './coded_column.ts';

/** Where documents stand in the columns; the order of slots means nothing. */
export class Slots {
  /** Slots that are or were in use. */
  size = 0;
  live = new Bits(1024);
  /** By slot. */
  numbers = new Int32Array(1024);
  /** By slot: the version of the document's row. */
  stamps = new Float64Array(1024);
  /** By number, counted from 1; 0 is none. */
  #slots = new Int32Array(1024);

  /** The slot of a document; -1 for one that is not known here. */
  slotOf(number: number): number {
    return (this.#slots[number] ?? 0) - 1;
  }

  put(number: number, stamp: number): void {
    let slot = this.slotOf(number);
    if (slot < 0) slot = this.#add(number);
    this.stamps[slot] = stamp;
  }

  remove(number: number): void {
    const slot = this.slotOf(number);
    if (slot < 0) return;
    this.live.remove(slot);
    this.#slots[number] = 0;
  }

  #add(number: number): number {
    const slot = this.size++;
    this.#slots = reaching(this.#slots, number);
    this.numbers = reaching(this.numbers, slot);
    this.stamps = reaching(this.stamps, slot);
    if (slot >= this.live.size) this.live = this.live.copy(this.live.size * 2);
    this.#slots[number] = slot + 1;
    this.numbers[slot] = number;
    this.live.add(slot);
    return slot;
  }
}
