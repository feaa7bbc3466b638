import type { Sql } from '@portolan/db';
import { backlog } from './entry.repo.ts';
import { mirrorIndex } from './mirror_index.repo.ts';

/** Why OpenSearch is not asked. */
export type Unready = 'away' | 'no index' | 'behind' | 'differs';

/** Milliseconds that what was learnt is taken for true. */
const kept = 1000;
/** Seconds of backlog after which it answers what everybody knows to be old. */
const mostLag = 10;
/** Datasets; fewer are healed before anybody notices. */
const mostDifferent = 200;

/** What the tables say of whether OpenSearch may answer. Asked beside the searches: none but the first waits for it. */
export class Readiness {
  readonly #sql: Sql;
  #known: Unready | undefined = 'no index';
  #learning: Promise<void> | undefined;
  #learnt = Number.NEGATIVE_INFINITY;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Why it may not; undefined: it may. */
  async why(): Promise<Unready | undefined> {
    const isFirst = this.#learnt === Number.NEGATIVE_INFINITY;
    if (performance.now() - this.#learnt > kept) this.#learning ??= this.#learn();
    if (isFirst) await this.#learning;
    return this.#known;
  }

  /** Something was seen that says otherwise: it is looked at anew before the next answer. */
  doubt(): void {
    this.#learnt = Number.NEGATIVE_INFINITY;
  }

  async #learn(): Promise<void> {
    try {
      const live = await mirrorIndex(this.#sql, 'live');
      const { lag } = await backlog(this.#sql);
      this.#known = !live
        ? 'no index'
        : lag > mostLag
          ? 'behind'
          : live.different > mostDifferent
            ? 'differs'
            : undefined;
      this.#learnt = performance.now();
    } catch {
      // The search itself will say what is wrong with the database.
      this.#learnt = performance.now();
    } finally {
      this.#learning = undefined;
    }
  }
}
