import type { Sql } from '@portolan/db';
import type { Bits } from './bits.ts';
import { ChangeLog } from './change_log.ts';
import {
  type ColumnRow,
  numbersWith,
  readAll,
  readChanges,
  readNumbers,
  readSome,
  snapshotNow,
} from './column_rows.ts';
import type { ColumnSpec } from './column_spec.ts';
import { Exclusive } from './exclusive.ts';
import { Slots } from './slots.ts';

interface Kept {
  spec: ColumnSpec;
  column: unknown;
  used: number;
}

/** Told of every change of what is in memory. */
export interface ChangeFollower {
  /** Before these documents change: those of them that are here are at `slots`, as they were. */
  changing(numbers: readonly number[], slots: readonly number[]): void;
  /** After everything was read anew. */
  restarted(): void;
}

/** Columns beyond this leave memory: those first that only some documents have, and of them the longest unused. */
const mostColumns = 64;

/**
 * Columns of the index in this process' memory, each read when it is first asked for, and brought up to date
 * before every search from the notes of `portolan.search_change`: a search never sees less than what was committed
 * before it began.
 */
export class DocumentColumns {
  #slots = new Slots();
  #snapshot: string | undefined;
  /** Counts how often everything was read anew. */
  #readings = 0;
  readonly #log = new ChangeLog();
  readonly #followers: ChangeFollower[] = [];
  #clock = 0;
  readonly #columns = new Map<string, Kept>();
  readonly #held = new Map<string, number>();
  readonly #loading = new Map<string, Promise<void>>();
  readonly #exclusive = new Exclusive();
  #next: Promise<void> | undefined;
  /** What the next reading of everything brings along. */
  readonly #wanted = new Map<string, ColumnSpec>();

  /** Whether anything has been read yet: before, `generation` tells nothing. */
  get isLoaded(): boolean {
    return this.#snapshot !== undefined;
  }

  /** Moves whenever anything in memory changes. */
  get generation(): number {
    return this.#log.generation;
  }

  follow(follower: ChangeFollower): void {
    this.#followers.push(follower);
  }

  /** The documents that have changed since a generation; undefined where that is not known or more than `most`. */
  changedSince(generation: number, most: number): ReadonlySet<number> | undefined {
    return this.#log.since(generation, most);
  }

  /** Slots that are or were in use. */
  get size(): number {
    return this.#slots.size;
  }

  get live(): Bits {
    return this.#slots.live;
  }

  /** By slot. */
  get numbers(): Int32Array {
    return this.#slots.numbers;
  }

  /** By slot: the version of the row from which the columns are. */
  get stamps(): Float64Array {
    return this.#slots.stamps;
  }

  /** The slot of a document; -1 for one that is not known here. */
  slotOf(number: number): number {
    return this.#slots.slotOf(number);
  }

  /** Returns once all committed changes are in memory, if there is anything yet. */
  async catchUp(sql: Sql): Promise<void> {
    if (this.#snapshot !== undefined) await this.#upToDate(sql);
  }

  /** Returns once these columns are in memory, where they stay until `release`: no older than `catchUp` left things. */
  async prepare(sql: Sql, specs: readonly ColumnSpec[]): Promise<void> {
    for (const { key } of specs) this.#held.set(key, (this.#held.get(key) ?? 0) + 1);
    const missing = () => specs.filter(({ key }) => !this.#columns.has(key));
    if (missing().length === 0 && this.#snapshot !== undefined) return;
    for (const spec of missing()) this.#wanted.set(spec.key, spec);
    await this.#upToDate(sql);
    await this.#load(sql, missing());
    await this.#upToDate(sql);
  }

  /** Ends what `prepare` began, also where that failed. */
  release(specs: readonly ColumnSpec[]): void {
    for (const { key } of specs) {
      const holders = (this.#held.get(key) ?? 0) - 1;
      if (holders > 0) this.#held.set(key, holders);
      else this.#held.delete(key);
    }
    this.#forget();
  }

  get<Column>({ key }: ColumnSpec<Column>): Column {
    const kept = this.#columns.get(key);
    if (!kept) throw new Error(`the column ${key} has not been read`);
    kept.used = ++this.#clock;
    return kept.column as Column;
  }

  /** Reads these documents anew, whatever the notes say. */
  refresh(sql: Sql, numbers: number[]): Promise<void> {
    return this.#exclusive.run(async () => {
      const kept = [...this.#columns.values()];
      const specs = kept.map(({ spec }) => spec);
      this.#take(await readSome(sql, specs, numbers), kept);
    });
  }

  // Who asks while a round is under way needs another one: that round may have begun before the asker's write.
  #upToDate(sql: Sql): Promise<void> {
    this.#next ??= this.#exclusive.run(async () => {
      this.#next = undefined;
      await this.#catchUp(sql);
    });
    return this.#next;
  }

  async #catchUp(sql: Sql): Promise<void> {
    const wanted = [...this.#wanted.values()];
    this.#wanted.clear();
    if (this.#snapshot !== undefined) {
      const kept = [...this.#columns.values()];
      const specs = kept.map(({ spec }) => spec);
      const { snapshot, rows } = await readChanges(sql, specs, this.#snapshot);
      if (rows) {
        this.#take(rows, kept);
        this.#snapshot = snapshot;
        return;
      }
    }
    await this.#readAnew(sql, wanted);
  }

  #take(rows: ColumnRow[], kept: Kept[]): void {
    const numbers = rows.map(([number]) => number);
    const slots = numbers.map((number) => this.slotOf(number)).filter((slot) => slot >= 0);
    for (const follower of this.#followers) follower.changing(numbers, slots);
    take(rows, this.#slots, kept);
    this.#log.add(numbers);
  }

  // Beside what is there, and put in its place at once: a search that goes on meanwhile sees all or nothing of it.
  async #readAnew(sql: Sql, wanted: ColumnSpec[]): Promise<void> {
    // What changes while this is read is read again by the next round.
    const snapshot = await snapshotNow(sql);
    const slots = new Slots();
    const specs = new Map([...this.#columns].map(([key, { spec }]) => [key, spec]));
    for (const spec of wanted) specs.set(spec.key, spec);
    const fresh = [...specs.values()].map((spec) => this.#empty(spec));
    for await (const rows of readAll(sql, [...specs.values()])) take(rows, slots, fresh);
    this.#readings++;
    this.#log.restart();
    this.#slots = slots;
    for (const one of fresh) {
      const { used } = this.#columns.get(one.spec.key) ?? one;
      this.#columns.set(one.spec.key, { ...one, used });
    }
    this.#snapshot = snapshot;
    for (const follower of this.#followers) follower.restarted();
  }

  /** Reads columns that are not there yet: those that any document may have in one pass over all. */
  async #load(sql: Sql, specs: readonly ColumnSpec[]): Promise<void> {
    const mine = specs.filter(({ key }) => !this.#loading.has(key));
    const others = specs.flatMap(({ key }) => this.#loading.get(key) ?? []);
    const groups = Map.groupBy(mine, ({ field }) => field !== undefined);
    const loading = [...groups.values()].map((group) => {
      const done = this.#loadOnce(sql, group).finally(() => {
        for (const { key } of group) this.#loading.delete(key);
      });
      for (const { key } of group) this.#loading.set(key, done);
      return done;
    });
    await Promise.all([...loading, ...others]);
  }

  // The long part goes on beside searches; the last part, which catches up, does not.
  async #loadOnce(sql: Sql, specs: readonly ColumnSpec[]): Promise<void> {
    const readings = this.#readings;
    const since = this.#snapshot!;
    const read = specs.map((spec) => this.#empty(spec));
    for await (const [rows, kept] of columnRows(sql, read)) fill(rows, this.#slots, kept);
    const there = await this.#exclusive.run(async () => {
      const { rows } = await readChanges(sql, specs, since);
      if (!rows || readings !== this.#readings) return false;
      fill(rows, this.#slots, read);
      for (const one of read) this.#columns.set(one.spec.key, one);
      return true;
    });
    if (there) return;
    // All was read anew meanwhile, or there was too much to catch up with.
    await this.#upToDate(sql);
    await this.#loadOnce(sql, specs);
  }

  #empty(spec: ColumnSpec): Kept {
    return { spec, column: spec.create(), used: ++this.#clock };
  }

  #forget(): void {
    const surplus = this.#columns.size - mostColumns;
    if (surplus <= 0) return;
    const free = [...this.#columns].filter(([key]) => !this.#held.has(key));
    free.sort(([, a], [, b]) => Number(isOfAll(a)) - Number(isOfAll(b)) || a.used - b.used);
    for (const [key] of free.slice(0, surplus)) this.#columns.delete(key);
  }
}

/** A column that all documents may have is what most searches need, and takes the longest to read. */
const isOfAll = ({ spec }: Kept) => spec.field === undefined;

/** What these columns hold, with the columns that the rows are of. */
async function* columnRows(sql: Sql, read: Kept[]): AsyncGenerator<[ColumnRow[], Kept[]]> {
  const specsOf = (kept: Kept[]) => kept.map(({ spec }) => spec);
  const byField = Map.groupBy(read, ({ spec }) => spec.field);
  const ofAll = byField.get(undefined);
  if (ofAll) for await (const rows of readAll(sql, specsOf(ofAll))) yield [rows, ofAll];
  const fields = [...byField.keys()].filter((field) => field !== undefined);
  if (fields.length === 0) return;
  for (const [field, numbers] of await numbersWith(sql, fields)) {
    const kept = byField.get(field)!;
    for await (const rows of readNumbers(sql, specsOf(kept), numbers)) yield [rows, kept];
  }
}

function take(rows: ColumnRow[], slots: Slots, kept: Kept[]): void {
  for (const [number, stamp] of rows) {
    if (stamp === null) slots.remove(number);
    else slots.put(number, stamp);
  }
  fill(rows, slots, kept);
}

/** Puts the cells of rows into the columns that they were read for, in their order. */
function fill(rows: ColumnRow[], slots: Slots, kept: Kept[]): void {
  for (const [place, { spec, column }] of kept.entries())
    for (const row of rows) {
      const slot = slots.slotOf(row[0]);
      if (slot >= 0 && row[1] !== null) spec.put(column as never, slot, row[place + 2]);
    }
}
