import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@opensearch-project/opensearch';
import type { Db } from '@portolan/db';
import type { Logger } from '@portolan/kernel';
import { isAway, isMissing } from './away.ts';
import { type BuildOptions, buildIndex } from './build.ts';
import { Circuit } from './circuit.ts';
import { compareMirror } from './compare.ts';
import type { Outlet } from './deliver.ts';
import { drainMirror } from './drain.ts';
import { type Backlog, backlog } from './entry.repo.ts';
import type { IndexFormat } from './index_format.ts';
import { indexExists } from './index_names.ts';
import { type MirrorIndex, mirrorIndex, mirrorIndices } from './mirror_index.repo.ts';
import { Pusher } from './pusher.ts';
import { Readiness, type Unready } from './readiness.ts';
import { Reconciler, type ReconcilerPace } from './reconciler.ts';
import { alone, tendMirror } from './tend.ts';

export interface MirrorOptions {
  db: Db;
  client: Client;
  format: IndexFormat;
  /** Alias that searches go to, and beginning of the indices' names. */
  alias: string;
  logger: Logger;
}

export interface MirrorStatus extends Backlog {
  indices: MirrorIndex[];
  /** The mapping that this version of the portal wants. */
  mapping: string;
  /** Why OpenSearch does not answer searches now; undefined: it does. */
  unready: Unready | undefined;
}

export class MirrorError extends Error {}

/** Milliseconds that OpenSearch has to say that it lives, to take what a writer waits for, and to take a bulk. */
const lookTimeout = 2000;
const pushTimeout = 3000;
const bulkTimeout = 30_000;

async function now(db: Db): Promise<Date> {
  const [row] = await db.rows<{ now: Date }>('SELECT now()');
  return row!.now;
}

/** OpenSearch as a mirror of `portolan.search_document`: kept like it, built anew, compared. */
export class SearchMirror {
  readonly circuit: Circuit;
  readonly readiness: Readiness;
  readonly #db: Db;
  readonly #outlet: Outlet;
  readonly #alias: string;
  readonly #pusher: Pusher;
  readonly #reconciler: Reconciler;
  /** By the database's clock, as indices are dated. */
  #started: Date | undefined;

  constructor({ db, client, format, alias, logger }: MirrorOptions) {
    this.#db = db;
    this.#alias = alias;
    this.#outlet = { client, format, logger, timeout: bulkTimeout };
    this.#reconciler = new Reconciler(db, this.#outlet);
    this.readiness = new Readiness(db, format.version, (index) =>
      client.indices.refresh({ index }, { requestTimeout: pushTimeout }),
    );
    this.circuit = new Circuit(
      () => client.cluster.health({}, { requestTimeout: lookTimeout }),
      () => this.readiness.missed(),
      logger,
    );
    this.#pusher = new Pusher(db, { ...this.#outlet, timeout: pushTimeout }, this.circuit);
  }

  /** Brings committed changes to OpenSearch; resolves when they are searchable, or at once while it is away. */
  push(ids: string[]): Promise<void> {
    return this.#pusher.push(ids);
  }

  /** The same for a writer, who waits for so many milliseconds at most; then others answer until it has been told. */
  async pushWithin(ids: string[], patience: number): Promise<void> {
    const done = new AbortController();
    const late = sleep(patience, true, { signal: done.signal }).catch(() => false);
    if (await Promise.race([this.push(ids).then(() => false), late])) this.readiness.missed();
    done.abort();
  }

  /**
   * A step of the relay. It asks nobody whether OpenSearch is there: one that is too slow for writers still takes
   * what waits. @returns whether there may be more
   */
  async drain(): Promise<boolean> {
    const more = await this.#noteLoss(() => drainMirror(this.#db, this.#outlet));
    return more ?? false;
  }

  /** Brings everything that waits, and has it searchable. */
  async settle(): Promise<void> {
    for (let before = ''; ; ) {
      const rows = await this.#db.rows<{ package_id: string }>(
        'SELECT package_id FROM portolan.search_mirror WHERE since IS NOT NULL ORDER BY since LIMIT 1000',
      );
      const ids = rows.map((row) => row.package_id);
      // The same again: OpenSearch does not take them now, and the relay will see to it.
      if (ids.length === 0 || ids.join() === before) return;
      before = ids.join();
      await this.push(ids);
    }
  }

  /**
   * After the tables were emptied: a new index answers. In the old one what is gone would go on counting for how rare
   * a word is, until OpenSearch merges it away.
   */
  async renew(): Promise<void> {
    await this.#unlessAway(() =>
      alone(this.#db, 'build', async () => {
        await buildIndex(this.#db, this.#outlet, { alias: this.#alias, fresh: true, pace: async () => true });
      }),
    );
    await this.settle();
  }

  /** Builds what is missing, unless another process is at it. */
  async tend(pace: BuildOptions['pace']): Promise<void> {
    this.#started ??= await now(this.#db);
    const started = this.#started;
    await this.#unlessAway(() =>
      alone(this.#db, 'build', () => tendMirror(this.#db, this.#outlet, this.#alias, started, pace)),
    );
  }

  /**
   * Compares and heals, unless another process is at it: everything once in a while, else what changed since this
   * process did so before.
   */
  async reconcile(pace: ReconcilerPace): Promise<void> {
    await this.#unlessAway(() => alone(this.#db, 'compare', () => this.#reconciler.round(pace)));
  }

  /** Compares and heals nothing: steps with the datasets that differ; none without an index that answers. */
  async *compare(): AsyncGenerator<{ compared: number; ids: string[] }> {
    const live = await mirrorIndex(this.#db, 'live');
    if (!live) return;
    try {
      yield* compareMirror(this.#db, this.#outlet.client, live.name);
    } catch (error) {
      if (isMissing(error)) throw new MirrorError(`the index ${live.name} is gone from OpenSearch`);
      throw error;
    }
  }

  /**
   * Builds a new index beside the one that answers and has it answer.
   * @throws MirrorError when another process builds one
   */
  async rebuild(pace: BuildOptions['pace']): Promise<void> {
    await this.#build({ fresh: true, pace });
  }

  /** Has the index before this one answer again, brought up to date first. @throws MirrorError */
  async rollBack(): Promise<void> {
    const previous = await mirrorIndex(this.#db, 'previous');
    if (!previous || !(await indexExists(this.#outlet.client, previous.name)))
      throw new MirrorError('There is no index to go back to');
    if (previous.mapping !== this.#outlet.format.version)
      throw new MirrorError(
        `${previous.name} is of another version of the portal: start that version, and it takes it up by itself`,
      );
    await this.#build({ fresh: true, previous: true, pace: async () => true });
  }

  async status(): Promise<MirrorStatus> {
    return {
      indices: await mirrorIndices(this.#db),
      ...(await backlog(this.#db)),
      mapping: this.#outlet.format.version,
      unready: this.circuit.open ? 'away' : await this.readiness.why(),
    };
  }

  /** What cannot be done while OpenSearch is away is done later: no reason to log more than that it is. */
  async #unlessAway<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    return this.circuit.open ? undefined : this.#noteLoss(work);
  }

  async #noteLoss<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      // An index that has just been removed is seen, and built anew, by `tend`.
      if (isMissing(error)) return undefined;
      if (!isAway(error)) throw error;
      this.circuit.lost(error);
      return undefined;
    }
  }

  async #build(options: Omit<BuildOptions, 'alias'>): Promise<void> {
    const isBuilder = await alone(this.#db, 'build', async () => {
      await buildIndex(this.#db, this.#outlet, { alias: this.#alias, ...options });
    });
    if (!isBuilder) throw new MirrorError('Another process is building the index: see search-index status');
  }
}
