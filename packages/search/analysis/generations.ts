/**
 * Remembers what is asked for again and again, in two generations of at most `most`: what nobody has asked for while
 * as many others came as it holds is forgotten.
 */
export class Generations<Key, Value> {
  readonly #most: number;
  #young = new Map<Key, Value>();
  #old = new Map<Key, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Finds the value of a key, or makes and keeps it. */
  of(key: Key, make: (key: Key) => Value): Value {
    const known = this.#young.get(key);
    if (known !== undefined) return known;
    const value = this.#old.get(key) ?? make(key);
    if (this.#young.size >= this.#most) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
    return value;
  }
}
