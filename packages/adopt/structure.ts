import { type Db, readMigrations } from '@portolan/db';

/** What CKAN's tables of 2.11 have and the database has not, each as the statement that adds it. */
export interface Additions {
  tables: string[];
  columns: { table: string; column: string; statement: string }[];
  indexes: { name: string; statement: string }[];
}

interface Structure {
  tables: Set<string>;
  columns: Map<string, { table: string; column: string; statement: string }>;
  indexes: Map<string, string>;
}

const scratch = 'portolan_expected';

class RollBack extends Error {}

/** Compares the database with the form that migration 0001 makes, which is made in a schema that never stays. */
export async function missingStructure(db: Db): Promise<Additions> {
  const actual = await structureOf(db, 'public');
  let expected: Structure | undefined;
  try {
    await db.transact(async (tx) => {
      await tx.rows(`CREATE SCHEMA ${scratch}`);
      await tx.rows(`SET LOCAL search_path = ${scratch}`);
      await tx.rows(readMigrations()[0]!.sql);
      expected = await structureOf(tx, scratch);
      throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
  }
  const tables = [...expected!.tables].filter((table) => !actual.tables.has(table));
  return {
    tables,
    columns: [...expected!.columns]
      .filter(([key, { table }]) => !actual.columns.has(key) && actual.tables.has(table))
      .map(([, column]) => column),
    indexes: [...expected!.indexes]
      .filter(([name]) => !actual.indexes.has(name))
      .map(([name, statement]) => ({ name, statement })),
  };
}

async function structureOf(sql: Pick<Db, 'rows'>, schema: string): Promise<Structure> {
  const plain = (text: string) => text.replaceAll(`${schema}.`, '');
  const columns = await sql.rows<{ table: string; column: string; definition: string }>(
    `SELECT c.relname AS table, a.attname AS column,
       format('%I %s%s', a.attname, format_type(a.atttypid, a.atttypmod),
         coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')) AS definition
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE n.nspname = $1 AND c.relkind = 'r' ORDER BY c.relname, a.attnum`,
    [schema],
  );
  const indexes = await sql.rows<{ name: string; statement: string }>(
    `SELECT indexname AS name, indexdef AS statement FROM pg_indexes i WHERE schemaname = $1
       AND NOT EXISTS (SELECT FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
                       WHERE n.nspname = $1 AND k.conname = i.indexname)
     ORDER BY 1`,
    [schema],
  );
  return {
    tables: new Set(columns.map(({ table }) => table)),
    columns: new Map(
      columns.map(({ table, column, definition }) => [
        `${table}.${column}`,
        { table, column, statement: `ALTER TABLE "${table}" ADD COLUMN ${plain(definition)}` },
      ]),
    ),
    indexes: new Map(indexes.map(({ name, statement }) => [name, plain(statement)])),
  };
}

/** The statements of migration 0001 that make these tables, with what belongs to them. */
export function statementsFor(tables: readonly string[]): string[] {
  if (tables.length === 0) return [];
  const text = readMigrations()[0]!.sql.replace(/^--.*$/gm, '');
  const wanted = new Set(tables);
  return text
    .split(/;\s*\n/)
    .map((statement) => statement.trim())
    .filter((statement) => {
      const [, table] =
        /^(?:CREATE TABLE|ALTER TABLE|INSERT INTO|CREATE (?:UNIQUE )?INDEX \S+ ON) "?(\w+)"?/.exec(
          statement,
        ) ?? [];
      return table !== undefined && wanted.has(table);
    });
}
