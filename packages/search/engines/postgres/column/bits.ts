/** A set of documents by slot. */
export class Bits {
  readonly size: number;
  readonly words: Uint32Array;

  constructor(size: number) {
    this.size = size;
    this.words = new Uint32Array((size + 31) >>> 5);
  }

  /** The set of these. */
  static of(slots: readonly number[]): Bits {
    const bits = new Bits(slots.reduce((most, slot) => Math.max(most, slot + 1), 0));
    for (const slot of slots) bits.add(slot);
    return bits;
  }

  has(slot: number): boolean {
    return ((this.words[slot >>> 5]! >>> (slot & 31)) & 1) === 1;
  }

  add(slot: number): void {
    this.words[slot >>> 5]! |= 1 << (slot & 31);
  }

  remove(slot: number): void {
    this.words[slot >>> 5]! &= ~(1 << (slot & 31));
  }

  keep(other: Bits): this {
    for (let at = 0; at < this.words.length; at++) this.words[at]! &= other.words[at]!;
    return this;
  }

  join(other: Bits): this {
    for (let at = 0; at < this.words.length; at++) this.words[at]! |= other.words[at]!;
    return this;
  }

  drop(other: Bits): this {
    for (let at = 0; at < this.words.length; at++) this.words[at]! &= ~other.words[at]!;
    return this;
  }

  /** A copy for a corpus of `size`. */
  copy(size = this.size): Bits {
    const copy = new Bits(size);
    copy.words.set(this.words.subarray(0, copy.words.length));
    return copy;
  }

  count(): number {
    let count = 0;
    for (let at = 0; at < this.words.length; at++) {
      let word = this.words[at]!;
      word -= (word >>> 1) & 0x55555555;
      word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
      count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    return count;
  }

  /** The slots, in order. */
  list(): Int32Array {
    const slots = new Int32Array(this.count());
    let filled = 0;
    this.each((slot) => {
      slots[filled++] = slot;
    });
    return slots;
  }

  /** Calls `visit` with each slot, in order. */
  each(visit: (slot: number) => void): void {
    this.eachFrom(0, this.size, visit);
  }

  /** The same with the slots from one on and before another, both whole words' first. */
  eachFrom(first: number, end: number, visit: (slot: number) => void): void {
    const beyond = Math.min((end + 31) >>> 5, this.words.length);
    for (let at = first >>> 5; at < beyond; at++)
      for (let word = this.words[at]!; word !== 0; word &= word - 1)
        visit((at << 5) + 31 - Math.clz32(word & -word));
  }
}
