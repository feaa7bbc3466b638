import type { Sql } from '@portolan/db';
import type { PlacedDocument } from './index_format.ts';

/** What an index is told of a dataset: its document, or that it has none. */
export interface MirrorEntry {
  packageId: string;
  /** Grows with each change of the document, whoever makes it. */
  version: number;
  document: PlacedDocument | undefined;
}

interface EntryRow {
  package_id: string;
  version: number;
  number: number | null;
  labels: string[] | null;
  fields: Record<string, string[]> | null;
}

// One snapshot: a version never stands beside an older document than its own.
const entries = `
  SELECT m.package_id, m.version, d.number, d.labels, d.fields
  FROM portolan.search_mirror m LEFT JOIN portolan.search_document d ON d.package_id = m.package_id`;

const entryOf = ({ package_id: packageId, version, number, labels, fields }: EntryRow): MirrorEntry => ({
  packageId,
  version,
  document: number !== null && labels && fields ? { packageId, number, labels, fields } : undefined,
});

/** What has waited longest, and for at least so many milliseconds. */
export async function waitingEntries(sql: Sql, most: number, age: number): Promise<MirrorEntry[]> {
  const rows = await sql.prepared<EntryRow>(
    'mirror_waiting',
    `${entries} WHERE m.since <= clock_timestamp() - $2 * interval '1 ms' ORDER BY m.since LIMIT $1`,
    [most, age],
  );
  return rows.map(entryOf);
}

/** Of these datasets, what still waits. */
export async function waitingEntriesOf(sql: Sql, ids: string[]): Promise<MirrorEntry[]> {
  const rows = await sql.prepared<EntryRow>(
    'mirror_waiting_of',
    `${entries} WHERE m.package_id = ANY ($1) AND m.since IS NOT NULL`,
    [ids],
  );
  return rows.map(entryOf);
}

export async function entriesOf(sql: Sql, ids: string[]): Promise<MirrorEntry[]> {
  const rows = await sql.prepared<EntryRow>('mirror_entries', `${entries} WHERE m.package_id = ANY ($1)`, [
    ids,
  ]);
  return rows.map(entryOf);
}

/** The next documents in the order of the table's key; '' is the beginning. */
export async function entriesAfter(sql: Sql, after: string, most: number): Promise<MirrorEntry[]> {
  const rows = await sql.prepared<EntryRow>(
    'mirror_entries_after',
    `SELECT m.package_id, m.version, d.number, d.labels, d.fields
     FROM portolan.search_mirror m JOIN portolan.search_document d ON d.package_id = m.package_id
     WHERE m.package_id > $1 ORDER BY m.package_id LIMIT $2`,
    [after, most],
  );
  return rows.map(entryOf);
}

/**
 * Notes what was delivered. A row that has a later version still waits, one that a writer is at is left: it will
 * have. So nobody waits for anybody here.
 */
export async function settleEntries(sql: Sql, delivered: MirrorEntry[]): Promise<void> {
  const told = (some: MirrorEntry[]) => [
    some.map(({ packageId }) => packageId),
    some.map(({ version }) => version),
  ];
  const held = delivered.filter(({ document }) => document);
  const gone = delivered.filter(({ document }) => !document);
  const mine = `SELECT m.package_id FROM portolan.search_mirror m
    JOIN unnest($1::text[], $2::bigint[]) AS told (package_id, version)
      ON told.package_id = m.package_id AND told.version = m.version
    ORDER BY m.package_id FOR UPDATE OF m SKIP LOCKED`;
  if (held.length > 0)
    await sql.prepared(
      'mirror_settle',
      `WITH mine AS MATERIALIZED (${mine})
       UPDATE portolan.search_mirror SET since = NULL WHERE package_id IN (SELECT package_id FROM mine)`,
      told(held),
    );
  if (gone.length > 0)
    await sql.prepared(
      'mirror_settle_gone',
      `WITH mine AS MATERIALIZED (${mine})
       DELETE FROM portolan.search_mirror WHERE package_id IN (SELECT package_id FROM mine)`,
      told(gone),
    );
}

/** Has these datasets told anew, with a version above all that was ever told of them, or of `above`. */
export async function noteEntries(sql: Sql, ids: string[], above = 0): Promise<void> {
  if (above > 0)
    await sql.rows(
      `SELECT setval('portolan.search_mirror_version', $1) FROM portolan.search_mirror_version WHERE last_value < $1`,
      [above],
    );
  await sql.rows('SELECT portolan.mirror($1)', [ids]);
}

export interface Backlog {
  waiting: number;
  /** Seconds that the oldest has waited. */
  lag: number;
}

export async function backlog(sql: Sql): Promise<Backlog> {
  const [row] = await sql.prepared<Backlog & object>(
    'mirror_backlog',
    `SELECT count(*) AS waiting,
       coalesce(extract(epoch FROM clock_timestamp() - min(since)), 0)::float8 AS lag
     FROM portolan.search_mirror WHERE since IS NOT NULL`,
  );
  return row!;
}
