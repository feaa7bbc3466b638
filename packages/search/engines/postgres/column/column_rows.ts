import type { Sql } from '@portolan/db';
import { stampSql } from '../../page_rows.ts';
import { Parameters } from '../parameters.ts';
import type { ColumnSpec } from './column_spec.ts';

/** A document's row: its number, the row's version (null once it is deleted), and a cell for each column asked for. */
export type ColumnRow = [number: number, stamp: number | null, ...cells: unknown[]];

/** What has changed since a snapshot. */
export interface Changes {
  /** PostgreSQL's text form; the changes are what was committed up to it. */
  snapshot: string;
  /** Absent where the notes do not reach back that far, or are so many that all is read anew. */
  rows: ColumnRow[] | undefined;
}

/** Few enough that putting them into memory does not hold up anything else for long. */
const rowsPerRead = 2000;
const mostChanges = 20_000;

/** A function of PostgreSQL takes a hundred arguments, so the cells come in lists of so many. */
const cellsPerList = 50;

function rowSql(specs: readonly ColumnSpec[], parameters: Parameters): string {
  const cells = specs.map(({ sql }) => sql(parameters));
  const lists: string[] = [];
  for (let from = 0; from < cells.length; from += cellsPerList)
    lists.push(`json_build_array(${cells.slice(from, from + cellsPerList).join(', ')})`);
  return ['d.number', stampSql, ...lists].join(', ');
}

function rowsOf(text: string | null): ColumnRow[] {
  const rows = JSON.parse(text ?? '[]') as [number, number | null, ...unknown[][]][];
  return rows.map(([number, stamp, ...lists]) => [number, stamp, ...lists.flat()]);
}

/**
 * All documents in batches, by number. Batches come from snapshots of their own; each is asked for before the one
 * before it is given, so that PostgreSQL has work while that is put into memory.
 */
export async function* readAll(sql: Sql, specs: readonly ColumnSpec[]): AsyncGenerator<ColumnRow[]> {
  for (let batch = nextBatch(sql, specs, -1); ; ) {
    const { rows, last } = await batch;
    if (last === null) return;
    batch = nextBatch(sql, specs, last);
    // Who has had enough does not wait for it, nor ask what became of it.
    batch.catch(() => {});
    yield rowsOf(rows);
  }
}

interface Batch {
  rows: string;
  /** Number of its last document. */
  last: number | null;
}

async function nextBatch(sql: Sql, specs: readonly ColumnSpec[], after: number): Promise<Batch> {
  const parameters = new Parameters();
  // The batch is cut first, so that no expression is worked out for rows beyond it.
  const text = `SELECT coalesce(json_agg(json_build_array(${rowSql(specs, parameters)})), '[]')::text AS rows,
      max(d.number) AS last
    FROM (SELECT *, xmin FROM portolan.search_document
      WHERE number > ${parameters.add(after, 'integer')} ORDER BY number LIMIT ${rowsPerRead}) AS d`;
  const query = parameters.finish(text);
  const [batch] = await sql.rows<Batch>(query.text, query.values);
  return batch!;
}

/** The documents that have each of the fields, by number. */
export async function numbersWith(sql: Sql, fields: readonly string[]): Promise<Map<string, Int32Array>> {
  const rows = await sql.rows<{ field: string; numbers: Buffer | null }>(
    `SELECT field, portolan.search_value_numbers(ARRAY[field]) AS numbers FROM unnest($1::text[]) AS f(field)`,
    [fields],
  );
  return new Map(rows.map(({ field, numbers }) => [field, numbersIn(numbers)]));
}

/** The documents of these numbers, in batches. */
export async function* readNumbers(
  sql: Sql,
  specs: readonly ColumnSpec[],
  numbers: Int32Array,
): AsyncGenerator<ColumnRow[]> {
  for (let from = 0; from < numbers.length; from += rowsPerRead)
    yield await readSome(sql, specs, [...numbers.subarray(from, from + rowsPerRead)]);
}

/** Numbers as PostgreSQL sends them: four bytes each, the highest first. */
export function numbersIn(bytes: Buffer | null): Int32Array {
  if (!bytes) return new Int32Array(0);
  const copy = Buffer.from(new ArrayBuffer(bytes.length));
  bytes.copy(copy);
  copy.swap32();
  return new Int32Array(copy.buffer, copy.byteOffset, copy.length / 4);
}

/** The documents of these numbers; what is not there any more has no stamp. */
export function readSome(sql: Sql, specs: readonly ColumnSpec[], numbers: number[]): Promise<ColumnRow[]> {
  const parameters = new Parameters();
  const text = `SELECT coalesce(json_agg(json_build_array(${rowSql(specs, parameters).replace('d.number', 'n.number')})), '[]')::text AS rows
    FROM unnest(${parameters.add(numbers, 'integer[]')}) AS n(number)
    LEFT JOIN portolan.search_document AS d ON d.number = n.number`;
  return read(sql, parameters.finish(text));
}

async function read(sql: Sql, { text, values }: { text: string; values: unknown[] }): Promise<ColumnRow[]> {
  const [row] = await sql.rows<{ rows: string }>(text, values);
  return rowsOf(row?.rows ?? null);
}

export async function snapshotNow(sql: Sql): Promise<string> {
  const [row] = await sql.rows<{ snapshot: string }>('SELECT pg_current_snapshot()::text AS snapshot');
  return row!.snapshot;
}

// Asked before every search, so it names no column and is planned once.
const changesSince = `
  WITH changed AS MATERIALIZED (
    SELECT DISTINCT number FROM portolan.search_change
    WHERE txid >= pg_snapshot_xmin($1) AND NOT pg_visible_in_snapshot(txid, $1)
      AND txid IS DISTINCT FROM pg_current_xact_id_if_assigned() AND number IS NOT NULL
    LIMIT ${mostChanges + 1})
  SELECT pg_current_snapshot()::text AS snapshot,
    (SELECT max(below) >= pg_snapshot_xmin($1) FROM portolan.search_change WHERE number IS NULL) IS TRUE
      OR (SELECT count(*) FROM changed) > ${mostChanges} AS lost,
    ARRAY(SELECT number FROM changed) AS numbers`;

/**
 * What transactions have changed that `snapshot` did not see and that are committed now. A transaction's own
 * changes are left out: it may still be rolled back. Rows may be newer than the snapshot that is given, never older.
 */
export async function readChanges(sql: Sql, specs: readonly ColumnSpec[], since: string): Promise<Changes> {
  const [row] = await sql.prepared<{ snapshot: string; lost: boolean; numbers: number[] }>(
    'search_changes',
    changesSince,
    [since],
  );
  const { snapshot, lost, numbers } = row!;
  if (lost) return { snapshot, rows: undefined };
  const rows: ColumnRow[] = [];
  for (let from = 0; from < numbers.length; from += rowsPerRead)
    for (const one of await readSome(sql, specs, numbers.slice(from, from + rowsPerRead))) rows.push(one);
  return { snapshot, rows };
}
