import type { Sql } from '@portolan/db';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import type { SearchHit } from '../engine.ts';
import { wantsDataset } from '../wants_dataset.ts';

interface Row {
  package_id: string;
  document: string | null;
  fields: Record<string, string[]> | null;
}

/** What was found, in its order. */
export interface Found {
  packageId: string;
  score: number | undefined;
}

/** What is shown of what was found, in one statement. What has gone since, and what has no dataset, is left out. */
export async function readFound(
  sql: Sql,
  found: Found[],
  { fieldList }: Pick<EffectiveQuery, 'fieldList'>,
): Promise<SearchHit[]> {
  if (found.length === 0) return [];
  const document = !fieldList || wantsDataset(fieldList);
  const rows = await sql.rows<Row>(
    `SELECT d.package_id, ${document ? 'o.document' : 'NULL AS document'}, ${fieldList ? 'd.fields' : 'NULL AS fields'}
     FROM portolan.search_document AS d
     ${document ? 'LEFT JOIN portolan.dataset_document AS o ON o.package_id = d.package_id' : ''}
     WHERE d.package_id = ANY ($1)`,
    [found.map(({ packageId }) => packageId)],
  );
  const byId = new Map(rows.map((row) => [row.package_id, row]));
  return found.flatMap(({ packageId, score }) => {
    const row = byId.get(packageId);
    if (!row || (!fieldList && row.document === null)) return [];
    return { packageId, document: row.document ?? undefined, fields: row.fields ?? undefined, score };
  });
}
