import type { Sql } from '@portolan/db';
import type { WriteCall } from '../action/call.ts';

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

interface WantedLink {
  package_id: string;
  name: string;
  vocabulary_id: string | null;
}

/** Unknown tags are made first, in one order whoever writes: two that make the same never wait in a circle. */
export async function insertTags({ sql, site }: WriteCall, links: readonly WantedLink[]): Promise<void> {
  if (links.length === 0) return;
  const distinct = new Map(links.map((link) => [JSON.stringify(Object.values(link)), link]));
  const given = JSON.stringify(
    [...distinct.values()].map((link) => ({
      ...link,
      tag_id: site.runtime.id(),
      link_id: site.runtime.id(),
    })),
  );
  await sql.rows(
    `INSERT INTO tag (id, name, vocabulary_id)
     SELECT DISTINCT ON (name, vocabulary_id) tag_id, name, vocabulary_id
     FROM jsonb_to_recordset($1::jsonb) AS g(tag_id text, name text, vocabulary_id text)
     WHERE NOT EXISTS (SELECT FROM tag t
       WHERE t.name = g.name AND t.vocabulary_id IS NOT DISTINCT FROM g.vocabulary_id)
     ORDER BY name, vocabulary_id ON CONFLICT DO NOTHING`,
    [given],
  );
  await sql.rows(
    `INSERT INTO package_tag (id, package_id, tag_id, state)
     SELECT g.link_id, g.package_id, t.id, 'active'
     FROM jsonb_to_recordset($1::jsonb) AS g(link_id text, package_id text, name text, vocabulary_id text)
     JOIN tag t ON t.name = g.name AND t.vocabulary_id IS NOT DISTINCT FROM g.vocabulary_id`,
    [given],
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
    [JSON.stringify(rows.map((row) => ({ ...row, id: site.runtime.id() })))],
  );
}
