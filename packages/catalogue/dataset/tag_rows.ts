import type { Sql } from '@portolan/db';
import type { Runtime } from '@portolan/kernel';

export interface WantedTag {
  name: string;
  vocabulary_id: string | null;
}

/** The tags that a dataset is to have. */
export interface TagsOf {
  id: string;
  tags: WantedTag[];
}

/** Makes these the datasets' tags: unknown ones are made, those left out are marked as deleted. New ones have none. */
export async function writeTags(
  sql: Sql,
  runtime: Runtime,
  datasets: readonly TagsOf[],
  isNew = false,
): Promise<void> {
  const ids = datasets.map(({ id }) => id);
  const wanted = datasets.flatMap(({ id: package_id, tags }) =>
    distinct(tags).map((tag) => ({ ...tag, package_id, tag_id: runtime.id(), link_id: runtime.id() })),
  );
  const given = JSON.stringify(wanted);
  const tagsOf = `SELECT t.id, g.package_id, g.link_id FROM jsonb_to_recordset($2::jsonb)
    AS g(name text, vocabulary_id text, package_id text, link_id text)
    JOIN tag t ON t.name = g.name AND t.vocabulary_id IS NOT DISTINCT FROM g.vocabulary_id`;
  if (wanted.length > 0)
    // In one order whoever writes, so that two that make the same tags never wait for each other in a circle.
    await sql.prepared(
      'make_tags',
      `INSERT INTO tag (id, name, vocabulary_id)
       SELECT DISTINCT ON (name, vocabulary_id) tag_id, name, vocabulary_id FROM jsonb_to_recordset($1::jsonb)
         AS g(tag_id text, name text, vocabulary_id text)
       WHERE NOT EXISTS (SELECT FROM tag t
         WHERE t.name = g.name AND t.vocabulary_id IS NOT DISTINCT FROM g.vocabulary_id)
       ORDER BY name, vocabulary_id ON CONFLICT DO NOTHING`,
      [given],
    );
  if (!isNew)
    await sql.prepared(
      'drop_tags',
      `WITH wanted AS (${tagsOf})
     UPDATE package_tag pt SET state = 'deleted' WHERE package_id = ANY($1) AND state = 'active'
       AND NOT EXISTS (SELECT FROM wanted w WHERE w.package_id = pt.package_id AND w.id = pt.tag_id)`,
      [ids, given],
    );
  if (wanted.length === 0) return;
  // Databases that were CKAN 2.8 once have several rows of one tag.
  if (!isNew)
    await sql.prepared(
      'revive_tags',
      `WITH wanted AS (${tagsOf})
     UPDATE package_tag SET state = 'active' WHERE id IN (
       SELECT min(pt.id) FROM package_tag pt JOIN wanted w ON w.package_id = pt.package_id AND w.id = pt.tag_id
       WHERE pt.package_id = ANY($1) GROUP BY pt.package_id, pt.tag_id HAVING bool_and(pt.state <> 'active'))`,
      [ids, given],
    );
  await sql.prepared(
    'add_tags',
    `WITH wanted AS (${tagsOf})
     INSERT INTO package_tag (id, package_id, tag_id, state)
     SELECT w.link_id, w.package_id, w.id, 'active' FROM wanted w WHERE w.package_id = ANY($1)
       AND NOT EXISTS (SELECT FROM package_tag pt WHERE pt.package_id = w.package_id AND pt.tag_id = w.id)`,
    [ids, given],
  );
}

function distinct(tags: WantedTag[]): WantedTag[] {
  const byKey = new Map(tags.map((tag) => [JSON.stringify([tag.name, tag.vocabulary_id]), tag]));
  return [...byKey.values()];
}
