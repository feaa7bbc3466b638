/** More than so many lists are not kept. */
const mostFree = 8;

/** Lists of numbers that are used over and over: each is as long as the corpus. */
export class Scratch {
  readonly size: number;
  readonly #used: Float64Array[] = [];
  /** Those that hold nothing but zeros. */
  readonly #clean: Float64Array[] = [];

  constructor(size: number) {
    this.size = size;
  }

  /** A list of zeros. */
  take(): Float64Array {
    return this.#clean.pop() ?? this.#used.pop()?.fill(0) ?? new Float64Array(this.size);
  }

  give(list: Float64Array | undefined): void {
    if (list && this.#used.length < mostFree) this.#used.push(list);
  }

  /** Gives back a list of zeros: where few numbers of it were used, clearing those is less than clearing all. */
  giveClean(list: Float64Array): void {
    if (this.#clean.length < mostFree) this.#clean.push(list);
  }
}
