/** Numbers of one column's values by document, each value once: what filters and facets go through. */
export class CodedColumn {
  readonly kind = 'coded';
  readonly values: string[] = [];
  readonly #codes = new Map<string, number>();
  /** Where a document's list begins in the pool; 0 is the empty list. */
  #starts = new Int32Array(1024);
  /** Lists, each behind its length. */
  #pool = new Int32Array(4096);
  #end = 1;
  #garbage = 0;

  codeOf(value: string): number | undefined {
    return this.#codes.get(value);
  }

  set(slot: number, values: readonly string[]): void {
    const codes = [...new Set(values)].map((value) => this.#code(value));
    this.#starts = reaching(this.#starts, slot);
    const start = this.#starts[slot]!;
    if (start > 0) {
      if (this.#holds(start, codes)) return;
      this.#garbage += 1 + this.#pool[start]!;
    }
    this.#starts[slot] = 0;
    if (codes.length === 0) return;
    if (this.#garbage > 65_536 && this.#garbage * 2 > this.#end) this.#compact();
    this.#starts[slot] = this.#put(codes);
  }

  /** Calls `count` with each code of the document. */
  each(slot: number, count: (code: number) => void): void {
    const start = this.#starts[slot] ?? 0;
    if (start === 0) return;
    const end = start + this.#pool[start]!;
    for (let at = start + 1; at <= end; at++) count(this.#pool[at]!);
  }

  /** Adds the document to the count of each of its codes, or takes it off. */
  count(slot: number, counts: Int32Array, by: 1 | -1 = 1): void {
    const start = this.#starts[slot] ?? 0;
    if (start === 0) return;
    const end = start + this.#pool[start]!;
    for (let at = start + 1; at <= end; at++) counts[this.#pool[at]!]! += by;
  }

  /** Whether any of the document's codes is one of those asked for. */
  some(slot: number, isOne: (code: number) => boolean): boolean {
    const start = this.#starts[slot] ?? 0;
    if (start === 0) return false;
    const end = start + this.#pool[start]!;
    for (let at = start + 1; at <= end; at++) if (isOne(this.#pool[at]!)) return true;
    return false;
  }

  /** Whether the document has any of the codes that are marked. */
  hasAny(slot: number, marked: Uint8Array): boolean {
    const start = this.#starts[slot] ?? 0;
    if (start === 0) return false;
    const end = start + this.#pool[start]!;
    for (let at = start + 1; at <= end; at++) if (marked[this.#pool[at]!]) return true;
    return false;
  }

  isEmpty(slot: number): boolean {
    return (this.#starts[slot] ?? 0) === 0;
  }

  #code(value: string): number {
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    this.#codes.set(value, this.values.length);
    return this.values.push(value) - 1;
  }

  #holds(start: number, codes: number[]): boolean {
    return (
      this.#pool[start] === codes.length && codes.every((code, at) => this.#pool[start + 1 + at] === code)
    );
  }

  #put(codes: ArrayLike<number>): number {
    const start = this.#end;
    this.#end += codes.length + 1;
    this.#pool = reaching(this.#pool, this.#end);
    this.#pool[start] = codes.length;
    this.#pool.set(codes, start + 1);
    return start;
  }

  #compact(): void {
    const old = this.#pool;
    this.#pool = new Int32Array(this.#end - this.#garbage + 1024);
    this.#end = 1;
    this.#garbage = 0;
    for (const [slot, start] of this.#starts.entries())
      if (start > 0) this.#starts[slot] = this.#put(old.subarray(start + 1, start + 1 + old[start]!));
  }
}

/** The array, or a copy of it with more room, such that it has the place `index`. */
export function reaching<List extends Int32Array | Float64Array | Uint32Array>(
  list: List,
  index: number,
): List {
  if (index < list.length) return list;
  const longer = new (list.constructor as new (length: number) => List)(Math.max(index + 1, list.length * 2));
  longer.set(list);
  return longer;
}
