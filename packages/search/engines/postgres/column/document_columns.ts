import type { Sql } from '@portolan/db';
import { Bits } from './bits.ts';
import { reaching } from './coded_column.ts';
import { type ColumnRow, readAll, readChanges, readSome, readWith, snapshotNow } from './column_rows.ts';
import type { ColumnSpec } from './column_spec.ts';
import { Exclusive } from './exclusive.ts';

interface Kept {
  spec: ColumnSpec;
  column: unknown;
  used: number;
}

/** Columns beyond this leave memory, the longest unused first. */
const mostColumns = 64;

/**
 * Columns of the index in this process' memory, each read when it is first asked for, and brought up to date
 * before every search from the notes of `portolan.search_change`: a search never sees less than what was committed
 * before it began. Documents stand at slots; the order of slots means nothing.
 */
export class DocumentColumns {
  /** Slots that are or were in use. */
  size = 0;
  live = new Bits(1024);
  /** By slot. */
  numbers = new Int32Array(1024);
  /** By slot: the version of the row from which the columns are. */
  stamps = new Float64Array(1024);
  /** By number, counted from 1; 0 is none. */
  #slots = new Int32Array(1024);
  #snapshot: string | undefined;
  #generation = 0;
  #clock = 0;
  readonly #columns = new Map<string, Kept>();
  readonly #held = new Map<string, number>();
  readonly #loading = new Map<string, Promise<void>>();
  readonly #exclusive = new Exclusive();
  #next: Promise<void> | undefined;

  /** Returns once all committed changes are in memory and so are these columns, which stay until `release`. */
  async prepare(sql: Sql, specs: readonly ColumnSpec[]): Promise<void> {
    for (const { key } of specs) this.#held.set(key, (this.#held.get(key) ?? 0) + 1);
    const missing = specs.filter(({ key }) => !this.#columns.has(key));
    if (missing.length > 0) await this.#upToDate(sql);
    for (const spec of missing) await this.#load(sql, spec);
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

  /** The slot of a document; -1 for one that is not known here. */
  slotOf(number: number): number {
    return (this.#slots[number] ?? 0) - 1;
  }

  /** Reads these documents anew, whatever the notes say. */
  refresh(sql: Sql, numbers: number[]): Promise<void> {
    return this.#exclusive.run(async () => {
      const kept = [...this.#columns.values()];
      this.#take(
        await readSome(
          sql,
          kept.map(({ spec }) => spec),
          numbers,
        ),
        kept,
      );
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
    const kept = [...this.#columns.values()];
    const specs = kept.map(({ spec }) => spec);
    if (this.#snapshot !== undefined) {
      const { snapshot, rows } = await readChanges(sql, specs, this.#snapshot);
      if (rows) {
        this.#take(rows, kept);
        this.#snapshot = snapshot;
        return;
      }
    }
    // What changes while this is read is read again by the next round.
    const snapshot = await snapshotNow(sql);
    this.#generation++;
    this.size = 0;
    this.live = new Bits(1024);
    this.#slots.fill(0);
    for (const one of kept) one.column = one.spec.create();
    for await (const rows of readAll(sql, specs)) this.#take(rows, kept);
    this.#snapshot = snapshot;
  }

  #load(sql: Sql, spec: ColumnSpec): Promise<void> {
    const loading =
      this.#loading.get(spec.key) ?? this.#loadOnce(sql, spec).finally(() => this.#loading.delete(spec.key));
    this.#loading.set(spec.key, loading);
    return loading;
  }

  // The long part goes on beside searches; the last part, which catches up, does not.
  async #loadOnce(sql: Sql, spec: ColumnSpec): Promise<void> {
    const generation = this.#generation;
    const since = this.#snapshot!;
    const one: Kept = { spec, column: spec.create(), used: ++this.#clock };
    const batches = spec.field === undefined ? readAll(sql, [spec]) : readWith(sql, spec.field, spec);
    for await (const rows of batches) this.#fill(rows, one, 2);
    await this.#exclusive.run(async () => {
      const { rows } = await readChanges(sql, [spec], since);
      if (!rows || generation !== this.#generation) return;
      this.#fill(rows, one, 2);
      this.#columns.set(spec.key, one);
    });
    if (this.#columns.has(spec.key)) return;
    // All was read anew meanwhile, or there was too much to catch up with.
    await this.#upToDate(sql);
    await this.#loadOnce(sql, spec);
  }

  #forget(): void {
    const surplus = this.#columns.size - mostColumns;
    if (surplus <= 0) return;
    const free = [...this.#columns].filter(([key]) => !this.#held.has(key));
    free.sort(([, a], [, b]) => a.used - b.used);
    for (const [key] of free.slice(0, surplus)) this.#columns.delete(key);
  }

  #take(rows: ColumnRow[], kept: Kept[]): void {
    for (const [number, stamp] of rows) {
      if (stamp === null) this.#remove(number);
      else this.stamps[this.#slot(number)] = stamp;
    }
    for (const [place, one] of kept.entries()) this.#fill(rows, one, place + 2);
  }

  #fill(rows: ColumnRow[], { spec, column }: Kept, place: number): void {
    for (const row of rows) {
      const slot = this.slotOf(row[0]);
      if (slot >= 0 && row[1] !== null) spec.put(column as never, slot, row[place]);
    }
  }

  #slot(number: number): number {
    const known = this.slotOf(number);
    if (known >= 0) return known;
    const slot = this.size++;
    this.#slots = reaching(this.#slots, number);
    this.numbers = reaching(this.numbers, slot);
    this.stamps = reaching(this.stamps, slot);
    if (slot >= this.live.size) this.live = this.live.copy(this.live.size * 2);
    this.#slots[number] = slot + 1;
    this.numbers[slot] = number;
    this.live.add(slot);
    return slot;
  }

  #remove(number: number): void {
    const slot = this.slotOf(number);
    if (slot < 0) return;
    this.live.remove(slot);
    this.#slots[number] = 0;
  }
}
