import type { Sql } from '@portolan/db';

/**
 * Takes away relationships of one side that a list from the client no longer has; new ones are made by
 * `package_relationship_create`, which asks about both datasets.
 */
export async function keepRelationships(
  sql: Sql,
  side: 'subject' | 'object',
  id: string,
  wanted: unknown[],
): Promise<void> {
  const ids = wanted.map((relationship) => (relationship as { id?: unknown } | null)?.id);
  await sql.prepared(
    `keep_relationships_${side}`,
    `UPDATE package_relationship SET state = 'deleted'
     WHERE ${side}_package_id = $1 AND state = 'active' AND id <> ALL($2)`,
    [id, ids.filter((value) => typeof value === 'string')],
  );
}
