import type { Sql } from '@portolan/db';
import { isAway } from './away.ts';
import type { Circuit } from './circuit.ts';
import { deliver, type Outlet } from './deliver.ts';
import { settleEntries, waitingEntriesOf } from './entry.repo.ts';
import { type MirrorIndex, mirrorIndices } from './mirror_index.repo.ts';

interface Group {
  ids: Set<string>;
  done: Promise<void>;
}

/**
 * Brings what writers of this process have committed to OpenSearch and has it searchable. One delivery is under way
 * at a time; who comes meanwhile goes with the next, so that many writers share one refresh.
 */
export class Pusher {
  readonly #sql: Sql;
  readonly #outlet: Outlet;
  readonly #circuit: Circuit;
  #next: Group | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(sql: Sql, outlet: Outlet, circuit: Circuit) {
    this.#sql = sql;
    this.#outlet = outlet;
    this.#circuit = circuit;
  }

  /** Resolves once these datasets are searchable as they were committed, or it is known that they are not yet. */
  push(ids: string[]): Promise<void> {
    if (ids.length === 0 || this.#circuit.open) return Promise.resolve();
    if (this.#next) for (const id of ids) this.#next.ids.add(id);
    else this.#next = this.#group(ids);
    return this.#next.done;
  }

  #group(ids: string[]): Group {
    const group: Group = { ids: new Set(ids), done: Promise.resolve() };
    group.done = this.#running.then(() => {
      this.#next = undefined;
      return this.#deliver([...group.ids]);
    });
    this.#running = group.done;
    return group;
  }

  async #deliver(ids: string[]): Promise<void> {
    try {
      const entries = await waitingEntriesOf(this.#sql, ids);
      // After the entries: an index that is not there yet copies what was committed before it.
      const written = (await mirrorIndices(this.#sql)).filter(({ state }) => state !== 'previous');
      // What is copied later comes with the copy, which is refreshed before it answers.
      if (!written.some(isWhole)) return;
      if (entries.length > 0) {
        const names = written.map(({ name }) => name);
        await deliver(this.#outlet, names, entries);
        await settleEntries(this.#sql, entries);
      }
      // Also where the relay was faster: it does not refresh.
      const whole = (await mirrorIndices(this.#sql)).filter(isWhole);
      await this.#outlet.client.indices.refresh(
        { index: whole.map(({ name }) => name), ignore_unavailable: true },
        { requestTimeout: this.#outlet.timeout },
      );
    } catch (error) {
      if (isAway(error)) this.#circuit.lost(error);
      else this.#outlet.logger.warn({ err: error, datasets: ids }, 'OpenSearch is left to the relay');
    }
  }
}

/** Whether it answers, or may from one moment to the next. */
const isWhole = ({ state, copied_to }: MirrorIndex) => state !== 'previous' && copied_to === null;
