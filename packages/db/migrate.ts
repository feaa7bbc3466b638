import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Logger } from '@portolan/kernel';
import pg from 'pg';
import type { Sql } from './connection.ts';

const folder = new URL('../../migrations/', import.meta.url);

export interface Migration {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

/** The numbered files of /migrations, in order; gaps and doubles are refused. */
export function readMigrations(): Migration[] {
  const files = readdirSync(folder).filter((file) => /^\d{4}_\w+\.sql$/.test(file));
  return files.sort().map((file, index) => {
    const number = Number(file.slice(0, 4));
    if (number !== index + 1) throw new Error(`migrations/${file}: expected number ${index + 1}`);
    const sql = readFileSync(new URL(file, folder), 'utf8');
    return { number, name: file.slice(5, -4), sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/** Migrations that the database has not had yet. */
export async function pendingMigrations(sql: Sql): Promise<Migration[]> {
  const rows = await sql.rows<{ number: number }>('SELECT number FROM portolan.migration');
  const applied = new Set(rows.map(({ number }) => number));
  return readMigrations().filter(({ number }) => !applied.has(number));
}

// Any number will do, so long as every process that migrates takes the same.
const lock = 7_078_265;

/**
 * Applies what is missing, each migration in a transaction of its own, under a lock that makes processes which
 * start together take turns. Forward only: an applied migration whose text has changed is an error.
 * @returns the numbers applied now.
 */
export async function migrate(url: string, logger: Logger): Promise<number[]> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'ckan-migrate',
    options: '-c TimeZone=UTC -c search_path=public',
  });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lock]);
    return await applyMissing(client, logger);
  } finally {
    await client.end();
  }
}

async function applyMissing(client: pg.Client, logger: Logger): Promise<number[]> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS portolan`);
  await client.query(`CREATE TABLE IF NOT EXISTS portolan.migration (
    number integer NOT NULL, name text NOT NULL, checksum text NOT NULL, applied timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT migration_pkey PRIMARY KEY (number))`);
  const { rows } = await client.query<{ number: number; checksum: string }>(
    'SELECT number, checksum FROM portolan.migration',
  );
  const applied = new Map(rows.map((row) => [row.number, row.checksum]));
  const now: number[] = [];
  for (const migration of readMigrations()) {
    const before = applied.get(migration.number);
    if (before === migration.checksum) continue;
    if (before !== undefined)
      throw new Error(
        `migration ${migration.number}_${migration.name} was applied in another form; write a new one instead`,
      );
    await client.query('BEGIN');
    try {
      await client.query(migration.sql);
      await client.query('INSERT INTO portolan.migration (number, name, checksum) VALUES ($1, $2, $3)', [
        migration.number,
        migration.name,
        migration.checksum,
      ]);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw new Error(`migration ${migration.number}_${migration.name} failed: ${(error as Error).message}`, {
        cause: error,
      });
    }
    logger.info({ migration: migration.number, name: migration.name }, 'migration applied');
    now.push(migration.number);
  }
  return now;
}
