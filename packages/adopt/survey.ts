import type { Sql } from '@portolan/db';

/** What a database is, as far as adopting it goes. */
export interface Survey {
  kind: 'empty' | 'ckan' | 'adopted' | 'unknown';
  /** By the table that tells it: `alembic_version` and those of extensions. */
  revisions: Record<string, string | null>;
  encoding: string;
  /** Whether this account may add schemas and owns CKAN's tables. */
  mayChange: boolean;
  /** Other sessions on the database, by application. */
  connections: Record<string, number>;
  datasets: number;
}

export async function surveyDatabase(sql: Sql): Promise<Survey> {
  const [facts] = await sql.rows<{
    encoding: string;
    may_create: boolean;
    foreign_tables: number;
    tables: number;
    adopted: boolean;
    package: boolean;
  }>(
    `SELECT pg_encoding_to_char(encoding) AS encoding,
       has_database_privilege(current_database(), 'CREATE') AS may_create,
       (SELECT count(*)::int FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind = 'r' AND NOT pg_has_role(c.relowner, 'USAGE')) AS foreign_tables,
       (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public') AS tables,
       to_regclass('portolan.migration') IS NOT NULL AS adopted,
       to_regclass('public.package') IS NOT NULL AND to_regclass('public.alembic_version') IS NOT NULL AS package
     FROM pg_database WHERE datname = current_database()`,
  );
  if (!facts) throw new Error('The database does not tell about itself');
  const kind = facts.package
    ? (await isMigrated(sql, facts.adopted))
      ? 'adopted'
      : 'ckan'
    : facts.tables === 0
      ? 'empty'
      : 'unknown';
  return {
    kind,
    revisions: facts.package ? await revisionsOf(sql) : {},
    encoding: facts.encoding,
    mayChange: facts.may_create && facts.foreign_tables === 0,
    connections: await connectionsOf(sql),
    datasets: facts.package
      ? ((await sql.rows<{ n: number }>('SELECT count(*)::int AS n FROM package'))[0]?.n ?? 0)
      : 0,
  };
}

/** An adoption that broke off has the schema but not all its steps. */
async function isMigrated(sql: Sql, hasSchema: boolean): Promise<boolean> {
  if (!hasSchema) return false;
  const rows = await sql.rows<{ done: boolean }>(
    `SELECT to_regclass('portolan.adoption') IS NOT NULL AS done`,
  );
  if (!rows[0]?.done) return false;
  const [state] = await sql.rows<{ begun: boolean; ended: boolean }>(
    `SELECT EXISTS (SELECT FROM portolan.adoption) AS begun,
       EXISTS (SELECT FROM portolan.adoption WHERE step = 'index') AS ended`,
  );
  return !state?.begun || state.ended;
}

async function revisionsOf(sql: Sql): Promise<Record<string, string | null>> {
  const tables = await sql.rows<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE '%alembic_version' ORDER BY 1`,
  );
  const revisions: Record<string, string | null> = {};
  for (const { name } of tables) {
    const rows = await sql.rows<{ version_num: string }>(`SELECT version_num FROM public."${name}"`);
    revisions[name] = rows[0]?.version_num ?? null;
  }
  return revisions;
}

async function connectionsOf(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql.rows<{ application: string; n: number }>(
    `SELECT coalesce(nullif(application_name, ''), usename, '?') AS application, count(*)::int AS n
     FROM pg_stat_activity
     WHERE datname = current_database() AND application_name NOT IN ('ckan-cli', 'ckan-migrate')
       AND backend_type = 'client backend' GROUP BY 1 ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ application, n }) => [application, n]));
}
