import type { Sql } from '@portolan/db';
import { explicitFields } from '../../schema/field_type.ts';

const extra = /^extras_(?=.)/;

/** The schema's own fields and those of the index: an extra is a text of its own, and a value under its bare name. */
export async function readFieldNames(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ field: string }>('SELECT DISTINCT field FROM portolan.search_statistic');
  const found = rows.flatMap(({ field }) => (extra.test(field) ? [field, field.replace(extra, '')] : field));
  return [...new Set([...explicitFields.keys(), ...found])].sort();
}
