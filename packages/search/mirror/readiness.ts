import type { Sql } from '@portolan/db';
import { backlog } from './entry.repo.ts';
import { mirrorIndex } from './mirror_index.repo.ts';

/** Why OpenSearch is not asked. */
export type Unready = 'away' | 'no index' | 'other mapping' | 'behind' | 'differs';

/** Milliseconds that what was learnt is taken for true. */
const kept = 1000;
/** Seconds of backlog after which it answers what everybody knows to be old; while much is written it has some. */
const mostLag = 10;
/** Datasets; fewer are healed before anybody notices. */
const mostDifferent = 200;

/** What the tables say of whether OpenSearch may answer. Asked beside the searches: none but the first waits for it. */
export class Readiness {
  readonly #sql: Sql;
  readonly #mapping: string;
  readonly #refresh: (index: string) => Promise<unknown>;
  #known: Unready | undefined = 'no index';
  #learning: Promise<void> | undefined;
  #learnt = Number.NEGATIVE_INFINITY;
  /** Since when it has to be told something that was missed, for as long as it has not been. */
  #missed: number | undefined;

  /** @param refresh has an index find all that it has been told */
  constructor(sql: Sql, mapping: string, refresh: (index: string) => Promise<unknown>) {
    this.#sql = sql;
    this.#mapping = mapping;
    this.#refresh = refresh;
  }

  /** Why it may not; undefined: it may. */
  async why(): Promise<Unready | undefined> {
    const isFirst = this.#learnt === Number.NEGATIVE_INFINITY;
    if (performance.now() - this.#learnt > kept) this.#learning ??= this.#learn();
    if (isFirst) await this.#learning;
    return this.#known;
  }

  /** It has not been told in time what was written until now: it answers again when it has been. */
  missed(): void {
    this.#missed = performance.now();
    this.doubt();
  }

  /** Something was seen that says otherwise: it is looked at anew before the next answer. */
  doubt(): void {
    this.#learnt = Number.NEGATIVE_INFINITY;
  }

  async #learn(): Promise<void> {
    try {
      const live = await mirrorIndex(this.#sql, 'live');
      const { lag } = await backlog(this.#sql);
      if (!live) this.#known = 'no index';
      // It might find less than it should for queries of this version, and say nothing.
      else if (live.mapping !== this.#mapping) this.#known = 'other mapping';
      else if (lag > mostLag || !(await this.#hasCaughtUp(live.name, lag))) this.#known = 'behind';
      else this.#known = live.different > mostDifferent ? 'differs' : undefined;
      this.#learnt = performance.now();
    } catch {
      // The search itself will say what is wrong with the database.
      this.#learnt = performance.now();
    } finally {
      this.#learning = undefined;
    }
  }

  // The relay delivers without a refresh: what it has told of might not be found for another second.
  async #hasCaughtUp(index: string, lag: number): Promise<boolean> {
    const missed = this.#missed;
    if (missed === undefined) return true;
    if (lag * 1000 >= performance.now() - missed) return false;
    try {
      await this.#refresh(index);
    } catch {
      return false;
    }
    if (this.#missed === missed) this.#missed = undefined;
    return this.#missed === undefined;
  }
}
