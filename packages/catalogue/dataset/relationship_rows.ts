import type { Sql } from '@portolan/db';

/** The relationships of one side that a dataset's list still has. */
export interface RelationshipsOf {
  id: string;
  wanted: unknown[];
}

/**
 * Takes away relationships of one side that lists from the client no longer have; new ones are made by
 * `package_relationship_create`, which asks about both datasets.
 */
export async function keepRelationships(
  sql: Sql,
  side: 'subject' | 'object',
  datasets: readonly RelationshipsOf[],
): Promise<void> {
  if (datasets.length === 0) return;
  const kept = datasets.map(({ id, wanted }) => ({
    id,
    kept: wanted
      .map((relationship) => (relationship as { id?: unknown } | null)?.id)
      .filter((value) => typeof value === 'string'),
  }));
  await sql.prepared(
    `keep_relationships_${side}`,
    `UPDATE package_relationship r SET state = 'deleted' FROM jsonb_to_recordset($2::jsonb) AS d(id text, kept text[])
     WHERE r.${side}_package_id = ANY($1) AND r.${side}_package_id = d.id AND r.state = 'active'
       AND r.id <> ALL(d.kept)`,
    [datasets.map(({ id }) => id), JSON.stringify(kept)],
  );
}
