import type { Sql, Tx } from '@portolan/db';
import { rowId } from '@portolan/kernel';
import type { Site, WriteCall } from '../action/call.ts';

export async function insertExtras(
  sql: Sql,
  rows: readonly { id: string; package_id: string; key: string; value: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql.rows(
    `INSERT INTO package_extra (id, package_id, key, value, state)
     SELECT id, package_id, key, value, 'active'
     FROM jsonb_to_recordset($1::jsonb) AS g(id text, package_id text, key text, value text)`,
    [JSON.stringify(rows)],
  );
}

/** A tag of a dataset, free or of a vocabulary. */
export interface WantedTag {
  package_id: string;
  name: string;
  vocabulary_id: string | null;
}

/** Makes those that are missing, in one order whoever writes: two that make the same never wait in a circle. */
export async function insertTags(tx: Tx, { runtime }: Site, wanted: readonly WantedTag[]): Promise<void> {
  if (wanted.length === 0) return;
  const distinct = new Map(
    wanted.map(({ name, vocabulary_id }) => [
      JSON.stringify([name, vocabulary_id]),
      { id: runtime.id(), name, vocabulary_id },
    ]),
  );
  await tx.rows(
    `INSERT INTO tag (id, name, vocabulary_id)
     SELECT id, name, vocabulary_id FROM jsonb_to_recordset($1::jsonb) AS g(id text, name text, vocabulary_id text)
     WHERE NOT EXISTS (SELECT FROM tag t
       WHERE t.name = g.name AND t.vocabulary_id IS NOT DISTINCT FROM g.vocabulary_id)
     ORDER BY name, vocabulary_id ON CONFLICT DO NOTHING`,
    [JSON.stringify([...distinct.values()])],
  );
}

/** A dataset has a tag once, however often it is asked for. */
export async function linkTags({ sql, site }: WriteCall, wanted: readonly WantedTag[]): Promise<void> {
  if (wanted.length === 0) return;
  const distinct = new Map(wanted.map((link) => [JSON.stringify(Object.values(link)), link]));
  await sql.rows(
    `INSERT INTO package_tag (id, package_id, tag_id, state)
     SELECT g.id, g.package_id, t.id, 'active'
     FROM jsonb_to_recordset($1::jsonb) AS g(id text, package_id text, name text, vocabulary_id text)
     JOIN tag t ON t.name = g.name AND t.vocabulary_id IS NOT DISTINCT FROM g.vocabulary_id`,
    [JSON.stringify([...distinct.values()].map((link) => ({ ...link, id: rowId(site.runtime) })))],
  );
}

export async function insertMembers(
  { sql, site }: WriteCall,
  rows: readonly { table_id: string; group_id: string; capacity: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql.rows(
    `INSERT INTO member (id, table_id, group_id, table_name, capacity, state)
     SELECT id, table_id, group_id, 'package', capacity, 'active'
     FROM jsonb_to_recordset($1::jsonb) AS g(id text, table_id text, group_id text, capacity text)`,
    [JSON.stringify(rows.map((row) => ({ ...row, id: rowId(site.runtime) })))],
  );
}
