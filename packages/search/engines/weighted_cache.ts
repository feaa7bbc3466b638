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
    this.take(key);
    this.#kept.set(key, { value, weight });
    this.#weight += weight;
    for (const longest of this.#kept.keys()) {
      if (this.#weight <= this.#most) return;
      this.take(longest);
    }
  }

  /** The value, which is not kept any longer. */
  take(key: string): Value | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    this.#weight -= kept.weight;
    this.#kept.delete(key);
    return kept.value;
  }

  clear(): void {
    this.#kept.clear();
    this.#weight = 0;
  }

  /** All that is kept, the longest unused first; what is looked at may be taken. */
  *[Symbol.iterator](): Generator<[string, Value]> {
    for (const [key, { value }] of this.#kept) yield [key, value];
  }
}
