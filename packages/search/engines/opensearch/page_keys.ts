import { WeightedCache } from '../weighted_cache.ts';
import type { Question } from './questions.ts';

/** What a document is sorted by, as OpenSearch says it and takes it. */
export type SortKey = unknown[];

/** Bytes, roughly. */
const mostRemembered = 4 * 2 ** 20;

/** Where the pages of searches begin, by the document before: known until the index finds anything else. */
export class PageKeys {
  #state = '';
  readonly #keys = new WeightedCache<SortKey>(mostRemembered);
  readonly #sought = new Map<string, Promise<SortKey | undefined>>();

  /** The key where it is known in this state (see `stateOf`), else what `seek` finds: once for all who ask meanwhile. */
  async of(
    state: string,
    page: Question,
    start: number,
    seek: () => Promise<SortKey | undefined>,
  ): Promise<SortKey | undefined> {
    this.#enter(state);
    const name = nameOf(page, start);
    const known = this.#keys.get(name) ?? this.#sought.get(name);
    if (known) return known;
    const sought = seek();
    this.#sought.set(name, sought);
    try {
      const key = await sought;
      if (key) this.add(state, page, start, key);
      return key;
    } finally {
      if (this.#sought.get(name) === sought) this.#sought.delete(name);
    }
  }

  /** Nothing is kept of a state that has passed. */
  add(state: string, page: Question, start: number, key: SortKey): void {
    if (state !== this.#state) return;
    const name = nameOf(page, start);
    this.#keys.set(name, key, 2 * (name.length + JSON.stringify(key).length) + 100);
  }

  #enter(state: string): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#keys.clear();
    this.#sought.clear();
  }
}

const nameOf = ({ query, sort }: Question, start: number): string => JSON.stringify([query, sort, start]);
