import type { Sql, Tx } from '@portolan/db';

/** An index of this portal on OpenSearch: a row of `portolan.search_mirror_index`. */
export interface MirrorIndex {
  name: string;
  mapping: string;
  state: 'building' | 'live' | 'previous';
  /** When it was begun. */
  created: Date;
  /** The last dataset copied while it is built; null once all are. */
  copied_to: string | null;
  copied: number;
  different: number;
  healed: number;
  /** When it was last known to be like the table: compared whole, or all that changed since it had been. */
  compared: Date | null;
}

export const mirrorIndices = (sql: Sql): Promise<MirrorIndex[]> =>
  sql.prepared<MirrorIndex>(
    'mirror_indices',
    `SELECT name, mapping, state, created, copied_to, copied, different, healed, compared
     FROM portolan.search_mirror_index ORDER BY number`,
  );

export async function mirrorIndex(sql: Sql, state: MirrorIndex['state']): Promise<MirrorIndex | undefined> {
  return (await mirrorIndices(sql)).find((index) => index.state === state);
}

/**
 * Makes an index known: whoever delivers writes to it from the commit on. With the first one noting begins, so every
 * writer that has not noted is waited for, and each dataset gets the version that it is copied with.
 */
export async function registerIndex(tx: Tx, name: string, mapping: string): Promise<void> {
  const known = await mirrorIndices(tx);
  if (known.length === 0) {
    await tx.rows('LOCK TABLE portolan.search_document IN SHARE ROW EXCLUSIVE MODE');
    // Of a time when changes were noted: versions that say nothing any more.
    await tx.rows('DELETE FROM portolan.search_mirror');
  }
  await tx.rows(
    `INSERT INTO portolan.search_mirror_index (name, mapping, state) VALUES ($1, $2, 'building')`,
    [name, mapping],
  );
  await tx.rows(
    `INSERT INTO portolan.search_mirror (package_id, version)
     SELECT package_id, nextval('portolan.search_mirror_version') FROM portolan.search_document
     ON CONFLICT DO NOTHING`,
  );
}

export const forgetIndex = (sql: Sql, name: string) =>
  sql.rows('DELETE FROM portolan.search_mirror_index WHERE name = $1', [name]);

export const noteCopied = (sql: Sql, name: string, to: string | null, more: number) =>
  sql.rows(`UPDATE portolan.search_mirror_index SET copied_to = $2, copied = copied + $3 WHERE name = $1`, [
    name,
    to,
    more,
  ]);

/** What was built answers from now on; what answered until now is kept. @returns the name of the one before that */
export async function noteSwapped(tx: Tx, name: string): Promise<string | undefined> {
  const [older] = await tx.rows<{ name: string }>(
    `DELETE FROM portolan.search_mirror_index WHERE state = 'previous' AND name <> $1 RETURNING name`,
    [name],
  );
  await tx.rows(
    `UPDATE portolan.search_mirror_index SET state = 'previous' WHERE state = 'live' AND name <> $1`,
    [name],
  );
  await tx.rows(
    `UPDATE portolan.search_mirror_index SET state = 'live', compared = now(), different = 0 WHERE name = $1`,
    [name],
  );
  return older?.name;
}

export const reopenPrevious = (sql: Sql, name: string) =>
  sql.rows(
    `UPDATE portolan.search_mirror_index SET state = 'building', created = now(), copied_to = NULL, copied = 0
     WHERE name = $1 AND state = 'previous'`,
    [name],
  );

/** Nothing is noted any more. */
export const forgetMirror = (tx: Tx) =>
  tx.rows<{ name: string }>(
    `WITH noted AS (DELETE FROM portolan.search_mirror)
     DELETE FROM portolan.search_mirror_index RETURNING name`,
  );
