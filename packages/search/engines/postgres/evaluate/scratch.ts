/** More than so many lists are not kept. */
const mostFree = 8;

/** Lists of numbers that are used over and over: each is as long as the corpus. */
export class Scratch {
  readonly size: number;
  readonly #free: Float64Array[] = [];

  constructor(size: number) {
    this.size = size;
  }

  /** A list of zeros. */
  take(): Float64Array {
    return this.#free.pop()?.fill(0) ?? new Float64Array(this.size);
  }

  give(list: Float64Array | undefined): void {
    if (list && this.#free.length < mostFree) this.#free.push(list);
  }
}
