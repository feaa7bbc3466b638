/** Numbers of documents that it names at most; who is further behind than that begins anew. */
const mostNamed = 5000;

/** Which documents have changed from one generation of the columns to the next. */
export class ChangeLog {
  /** Moves with every change of what is in memory. */
  generation = 0;
  /** The oldest generation from which the log leads on. */
  #oldest = 0;
  #steps: { generation: number; numbers: number[] }[] = [];
  #named = 0;

  add(numbers: number[]): void {
    if (numbers.length === 0) return;
    this.#steps.push({ generation: ++this.generation, numbers });
    this.#named += numbers.length;
    while (this.#named > mostNamed) {
      const { generation, numbers: forgotten } = this.#steps.shift()!;
      this.#oldest = generation;
      this.#named -= forgotten.length;
    }
  }

  /** Everything may have changed. */
  restart(): void {
    this.#oldest = ++this.generation;
    this.#steps = [];
    this.#named = 0;
  }

  /** The documents that have changed since a generation; undefined where that is not known or more than `most`. */
  since(generation: number, most: number): Set<number> | undefined {
    if (generation < this.#oldest) return undefined;
    const changed = new Set<number>();
    for (let at = this.#steps.length - 1; at >= 0 && this.#steps[at]!.generation > generation; at--) {
      for (const number of this.#steps[at]!.numbers) changed.add(number);
      if (changed.size > most) return undefined;
    }
    return changed;
  }
}
