import type { Sql } from './connection.ts';

interface Column {
  schema: string;
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  default: string | null;
  generated: boolean;
}

const columnsSql = `
  SELECT n.nspname AS schema, c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type,
         NOT a.attnotnull AS nullable, pg_get_expr(d.adbin, d.adrelid) AS default,
         (a.attidentity <> '' OR a.attgenerated <> '') AS generated
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE n.nspname IN ('public', 'portolan') AND c.relkind IN ('r', 'p')
  ORDER BY n.nspname DESC, c.relname, a.attnum`;

const objectsSql = `
  SELECT line FROM (
    SELECT 1 AS part, format('%s.%s CONSTRAINT %s %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)) AS line
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'portolan') AND k.contype <> 'n'
    UNION ALL
    SELECT 2, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'portolan')
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'))
    UNION ALL
    SELECT 3, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'portolan') AND NOT t.tgisinternal
    UNION ALL
    SELECT 4, pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('public', 'portolan')
  ) AS lines ORDER BY part, line`;

/** The database's structure as text, the same for the same structure: what migrations/schema.sql holds. */
export async function describeSchema(sql: Sql): Promise<string> {
  const columns = await sql.rows<Column>(columnsSql);
  const lines: string[] = [];
  for (const [table, rows] of Map.groupBy(columns, (row) => `${row.schema}.${row.table}`)) {
    lines.push(`TABLE ${table}`);
    for (const row of rows)
      lines.push(
        `  ${row.column} ${row.type}${row.nullable ? '' : ' NOT NULL'}${row.default ? ` DEFAULT ${row.default}` : ''}`,
      );
    lines.push('');
  }
  for (const { line } of await sql.rows<{ line: string }>(objectsSql)) lines.push(line, '');
  return `${lines.join('\n').trimEnd()}\n`;
}

const typescriptTypes: [RegExp, string][] = [
  [/^(text|character varying|uuid|tsvector|numeric|log_level)/, 'string'],
  [/^(integer|bigint|smallint|double precision|real)/, 'number'],
  [/^boolean/, 'boolean'],
  [/^timestamp without/, 'string'],
  [/^(timestamp with|date)/, 'Date'],
  [/^jsonb?/, 'unknown'],
];

function typescriptType(type: string): string {
  if (type.endsWith('[]')) return `${typescriptType(type.slice(0, -2))}[]`;
  return typescriptTypes.find(([pattern]) => pattern.test(type))?.[1] ?? 'unknown';
}

/** The text of tables.ts for the database as it stands. */
export async function describeTypes(sql: Sql): Promise<string> {
  const columns = await sql.rows<Column>(columnsSql);
  const tables = [
    ...Map.groupBy(columns, (row) => (row.schema === 'public' ? row.table : `${row.schema}.${row.table}`)),
  ];
  const lines = [
    '// Made from the migrated database by `node bin/describe_database.ts` (hence its length); a test compares it.',
    "import type { Generated } from 'kysely';",
    '',
    'export interface Tables {',
  ];
  for (const [table, rows] of tables) {
    lines.push(`  ${/^\w+$/.test(table) ? table : `'${table}'`}: {`);
    for (const row of rows) {
      const value = `${typescriptType(row.type)}${row.nullable ? ' | null' : ''}`;
      const made = row.default !== null || row.generated;
      lines.push(`    ${row.column}: ${made ? `Generated<${value}>` : value};`);
    }
    lines.push('  };');
  }
  lines.push('}');
  return `${lines.join('\n')}\n`;
}
