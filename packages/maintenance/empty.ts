import type { Db } from '@portolan/db';

/**
 * What describes the database itself or who is running, and stays when a portal is emptied; so does what another
 * engine has to be told of that.
 */
const kept = [
  'public.alembic_version',
  'public.activity_alembic_version',
  'public.harvest_alembic_version',
  'portolan.migration',
  'portolan.control',
  'portolan.process',
  'portolan.search_mirror',
  'portolan.search_mirror_index',
];

/**
 * Empties every table of the catalogue. Only tables that hold anything are touched: truncating is dear by the
 * table, and a development portal fills few.
 */
export async function emptyDatabase(db: Db): Promise<void> {
  await db.transact(async (tx) => {
    const tables = await tx.rows<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname IN ('public', 'portolan') AND schemaname || '.' || tablename <> ALL($1) ORDER BY 1`,
      [kept],
    );
    const checks = tables.map(
      ({ name }) => `SELECT '${name.replaceAll("'", "''")}' AS name WHERE EXISTS (SELECT FROM ${name})`,
    );
    const filled = await tx.rows<{ name: string }>(checks.join(' UNION ALL '));
    if (filled.length > 0) await tx.rows(`TRUNCATE ${filled.map(({ name }) => name).join(', ')} CASCADE`);
    // The change feed begins anew; who holds a cursor of the old one is told so.
    await tx.rows(`INSERT INTO portolan.change (kind, key) VALUES ('start', '')`);
  });
}
