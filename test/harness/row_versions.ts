import type { Sql } from '@portolan/db';

/** By table. */
export type RowVersions = Record<string, string>;

/**
 * What can be seen to have been written: of each table how many rows it has and the sum of the transactions that wrote
 * them. A later writer always has the greater number, so that nothing can be inserted, changed or deleted without one of
 * the two changing. It reads no contents, and so costs little however large these are.
 */
export async function rowVersionsReader(sql: Sql, without: readonly string[]) {
  const tables = await sql.rows<{ name: string; reference: string }>(
    `SELECT n.nspname || '.' || c.relname AS name, format('%I.%I', n.nspname, c.relname) AS reference
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname IN ('public', 'portolan') ORDER BY 1`,
  );
  const told = tables.filter(({ name }) => !without.includes(name));
  const statement = told
    .map(
      ({ name, reference }) =>
        `SELECT '${name}' AS name, count(*) || ' rows, ' || coalesce(sum(xmin::text::bigint), 0) AS version FROM ${reference}`,
    )
    .join(' UNION ALL ');
  return async (): Promise<RowVersions> => {
    const rows = await sql.prepared<{ name: string; version: string }>('row_versions', statement, []);
    return Object.fromEntries(rows.map(({ name, version }) => [name, version]));
  };
}
