import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '@portolan/db';
import { compareMirror, type MirrorComparison } from './compare.ts';
import { compareChanged, follows, type Standing, standing } from './compare_changed.ts';
import type { Outlet } from './deliver.ts';
import { drainAll } from './drain.ts';
import { heal } from './heal.ts';
import { countIndexed } from './index_writes.ts';
import { mirrorIndex } from './mirror_index.repo.ts';
import { tableCounts } from './table_digest.repo.ts';

/** Milliseconds after which everything is compared again, though nothing says that it differs. */
const wholeInterval = 3_600_000;
/** Milliseconds for which documents may go uncounted, because something always waits to be told. */
const longestUncounted = 60_000;
/** Looks at the number of documents in one round, and milliseconds between two. */
const looks = 5;
const betweenLooks = 100;

/**
 * Awaited between steps; answers whether to go on. `share` is how much of a comparison in no hurry the step was, 0 to
 * 1; 0 where something is known to differ.
 */
export type ReconcilerPace = (share: number) => Promise<boolean>;

/** What a comparison has established: it holds for everything that has not changed since. */
interface Established extends Standing {
  /** Documents that the table has and OpenSearch has not, though everything was compared: it refuses them. */
  gap: number;
  /** When the number of documents was last as it should be, and when everything was last compared: milliseconds. */
  counted: number;
  whole: number;
}

/**
 * Compares the index that answers and heals what differs, through the backlog. Everything is compared once; then only
 * what changed since, for as long as it can be told.
 */
export class Reconciler {
  readonly #db: Db;
  readonly #outlet: Outlet;
  #established: Established | undefined;

  constructor(db: Db, outlet: Outlet) {
    this.#db = db;
    this.#outlet = outlet;
  }

  /** One round. Call it under the lock of those who compare. */
  async round(pace: ReconcilerPace): Promise<void> {
    const live = await mirrorIndex(this.#db, 'live');
    if (!live) return;
    const now = await standing(this.#db, this.#outlet.client, live.name);
    if (this.#established && !follows(this.#established, now)) this.#established = undefined;
    const before = this.#established;
    if (!before || performance.now() - before.whole > wholeInterval)
      return this.#compareWhole(live.name, now, pace);
    const { client } = this.#outlet;
    const healed = await this.#heal(live.name, compareChanged(this.#db, client, live.name, before, now), () =>
      pace(0),
    );
    if (healed === undefined) return;
    const gap = await this.#gap(live.name, before.gap, healed === 0 ? now : undefined);
    const counted = gap === before.gap ? performance.now() : before.counted;
    this.#established = { ...before, ...now, counted };
    if (gap !== undefined && gap !== before.gap) return this.#compareWhole(live.name, now, pace, gap);
    if (performance.now() - counted > longestUncounted) return this.#compareWhole(live.name, now, pace);
    await this.#note(live.name, healed);
  }

  /** @param suspected documents that are missing from the index (below 0: too many there), if that is the reason */
  async #compareWhole(index: string, now: Standing, pace: ReconcilerPace, suspected?: number): Promise<void> {
    const { documents } = now.table;
    // What was written before has to be found, since nobody looks for it later.
    await this.#outlet.client.indices.refresh({ index });
    const steps = compareMirror(this.#db, this.#outlet.client, index);
    const healed = await this.#heal(index, steps, ({ compared, ids }) =>
      pace(suspected === undefined && ids.length === 0 ? compared / Math.max(documents, compared, 1) : 0),
    );
    if (healed === undefined) return;
    const known = this.#established?.gap ?? 0;
    const gap = (await this.#gap(index, known)) ?? known;
    const whole = performance.now();
    // What is missing after a comparison that it was the reason of, is not to be had. Anything else may have been
    // removed meanwhile: then the next round finds out.
    this.#established = {
      ...now,
      gap: gap === suspected || gap === known ? gap : 0,
      counted: whole,
      whole,
    };
    await this.#note(index, healed);
  }

  /** @returns how many were healed; undefined when it was broken off */
  async #heal(
    index: string,
    steps: AsyncGenerator<MirrorComparison>,
    pace: (step: MirrorComparison) => Promise<boolean>,
  ): Promise<number | undefined> {
    let different = 0;
    for await (const step of steps) {
      if (step.ids.length > 0) {
        different += step.ids.length;
        await this.#change(index, 'different = greatest(i.different, $2)', different);
        await heal(this.#db, step);
        this.#outlet.logger.warn({ found: step.ids.length }, 'OpenSearch differed from the index');
      }
      if (!(await pace(step))) return undefined;
    }
    // Nothing is called healed before it has been told.
    if (different > 0) await drainAll(this.#db, this.#outlet);
    return different;
  }

  /**
   * How many documents more the table has than the index, where that is another number than `known` looked at twice;
   * undefined where it cannot be told, since something waits or is being written.
   * @param before how the table stood, if nothing was healed since
   */
  async #gap(index: string, known: number, before?: Standing): Promise<number | undefined> {
    const { client } = this.#outlet;
    if (before && before.table.waiting === 0) {
      const gap = before.table.documents - (await countIndexed(client, index));
      if (gap === known) return gap;
    }
    let last: number | undefined;
    for (let look = 0; look < looks; look++) {
      if (look > 0) await sleep(betweenLooks);
      const first = await tableCounts(this.#db);
      if (first.waiting > 0) continue;
      await client.indices.refresh({ index });
      const gap = first.documents - (await countIndexed(client, index));
      const second = await tableCounts(this.#db);
      if (second.waiting > 0 || second.documents !== first.documents) continue;
      if (gap === known || gap === last) return gap;
      last = gap;
    }
    return undefined;
  }

  #note(index: string, healed: number): Promise<unknown> {
    return this.#change(index, 'different = 0, healed = i.healed + $2, compared = clock_timestamp()', healed);
  }

  #change(index: string, change: string, ...values: number[]): Promise<unknown> {
    return this.#db.rows(`UPDATE portolan.search_mirror_index AS i SET ${change} WHERE name = $1`, [
      index,
      ...values,
    ]);
  }
}
