import type { Sql } from '@portolan/db';
import type { EffectiveQuery } from '../query/effective_query.ts';
import { showsDataset } from '../query/field_list.ts';
import type { SearchHit } from './engine.ts';

/** Version of a row: any change of it, also one by hand, gives it another. */
export const stampSql = '(d.xmin::text)::bigint';

export interface PageRow {
  number: number;
  /** Version of the row that the other columns are from. */
  stamp: number;
  package_id: string;
  document: string | null;
  fields: Record<string, string[]> | null;
}

/** What is shown of these documents, in one statement; those that have gone are left out. */
export async function readPage(
  sql: Sql,
  numbers: number[],
  { fieldList }: Pick<EffectiveQuery, 'fieldList'>,
): Promise<Map<number, PageRow>> {
  if (numbers.length === 0) return new Map();
  const wantsDocument = !fieldList || showsDataset(fieldList);
  const rows = await sql.prepared<PageRow>(
    `search_page_${wantsDocument ? 'documents' : ''}_${fieldList ? 'fields' : ''}`,
    `SELECT d.number, ${stampSql} AS stamp, d.package_id, ${wantsDocument ? 'o.document' : 'NULL AS document'},
       ${fieldList ? 'd.fields' : 'NULL AS fields'}
     FROM portolan.search_document AS d
     ${wantsDocument ? 'LEFT JOIN portolan.dataset_document AS o ON o.package_id = d.package_id' : ''}
     WHERE d.number = ANY ($1)`,
    [numbers],
  );
  return new Map(rows.map((row) => [row.number, row]));
}

/** What is shown of a document; nothing where its dataset is asked for and there is none: it is counted, as in CKAN. */
export const hitsOf = (
  row: PageRow,
  score: number | undefined,
  { fieldList }: Pick<EffectiveQuery, 'fieldList'>,
): SearchHit[] =>
  !fieldList && row.document === null
    ? []
    : [
        {
          packageId: row.package_id,
          document: row.document ?? undefined,
          fields: row.fields ?? undefined,
          score,
        },
      ];
