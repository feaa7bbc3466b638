interface Kept<Value> {
  value: Value;
  weight: number;
}

/** Keeps values as long as all of them together weigh at most `most`; the longest unused go first. */
export class WeightedCache<Value> {
  readonly #most: number;
  /** In the order of use: the last used last. */
  readonly #kept = new Map<string, Kept<Value>>();
  #weight = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): Value | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.value;
  }

  set(key: string, value: Value, weight: number): void {
    this.#remove(key);
    this.#kept.set(key, { value, weight });
    this.#weight += weight;
    for (const longest of this.#kept.keys()) {
      if (this.#weight <= this.#most) return;
      this.#remove(longest);
    }
  }

  clear(): void {
    this.#kept.clear();
    this.#weight = 0;
  }

  #remove(key: string): void {
    this.#weight -= this.#kept.get(key)?.weight ?? 0;
    this.#kept.delete(key);
  }
}
