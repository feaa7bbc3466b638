import { type Site, workOffBacklog } from '@portolan/catalogue';
import { type Db, migrate, readMigrations, type Tx } from '@portolan/db';
import type { QueueConfig } from '@portolan/queue';
import { migrateQueueBackend } from '@portolan/queue/storage';
import { type Cleanup, cleanups } from './cleanup.table.ts';
import { type Additions, missingStructure, statementsFor } from './structure.ts';

/** What was done, for the report. */
export interface Adoption {
  additions: Additions;
  cleanups: { step: string; what: string; rows: number }[];
  /** Datasets whose documents and index entries were made. */
  indexed: number;
}

/** Hears how far it is; `total` is known of the last step. */
export type Progress = (step: string, done: number, total?: number) => void;

/**
 * Makes a database of CKAN's a portal's, in steps that each happen whole: what is missing of CKAN 2.11's form, the
 * clean-up, everything of ours, the documents and index. After a crash it goes on where it was.
 */
export async function adoptDatabase(
  db: Db,
  config: QueueConfig & { databaseUrl: string },
  openSite: () => Promise<{ site: Site; close(): Promise<void> }>,
  logger: Parameters<typeof migrate>[1],
  progress: Progress,
): Promise<Adoption> {
  progress('structure', 0);
  const additions = await missingStructure(db);
  await db.transact(async (tx) => {
    await openLedger(tx);
    await noteStructure(tx, additions);
    await addStructure(tx, additions);
  });
  const report = await cleanUp(db, progress);
  progress('schema', 0);
  await skipFirstMigration(db);
  await migrate(config.databaseUrl, logger);
  await migrateQueueBackend(config);
  await db.transact((tx) => noteSteps(tx, report));
  const { site, close } = await openSite();
  try {
    return { additions, cleanups: report, indexed: await indexAll(site, progress) };
  } finally {
    await close();
  }
}

async function addStructure(tx: Tx, additions: Additions): Promise<void> {
  if (additions.tables.includes('harvest_log'))
    await tx.rows(`DO $$ BEGIN CREATE TYPE log_level AS ENUM ('DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL');
      EXCEPTION WHEN duplicate_object THEN NULL; END $$`);
  for (const statement of statementsFor(additions.tables)) await tx.rows(statement);
  for (const { statement } of additions.columns) await tx.rows(statement);
  const made = new Set(statementsFor(additions.tables).map((one) => /INDEX (\S+) ON/.exec(one)?.[1]));
  for (const { name, statement } of additions.indexes) if (!made.has(name)) await tx.rows(statement);
}

const batch = 5000;

/** What has been done, until the tables of the migrations are there to tell it. */
async function openLedger(tx: Tx): Promise<void> {
  await tx.rows('CREATE SCHEMA IF NOT EXISTS portolan');
  await tx.rows(`CREATE TABLE IF NOT EXISTS portolan.adoption_kept (
    step text NOT NULL, "table" text NOT NULL, before jsonb NOT NULL)`);
}

/** For whoever undoes it; an attempt that follows a crash finds nothing missing any more. */
async function noteStructure(tx: Tx, { tables, columns, indexes }: Additions): Promise<void> {
  const added = {
    tables,
    columns: columns.map(({ table, column }) => ({ table, column })),
    indexes: indexes.map(({ name }) => name),
  };
  await tx.rows(
    `INSERT INTO portolan.adoption_kept SELECT 'structure', '', $1::jsonb
     WHERE NOT EXISTS (SELECT FROM portolan.adoption_kept WHERE step = 'structure')`,
    [JSON.stringify(added)],
  );
}

/** Keeps every row that it touches as it was: nothing is lost. */
async function cleanUp(db: Db, progress: Progress): Promise<Adoption['cleanups']> {
  const report: Adoption['cleanups'] = [];
  for (const cleanup of cleanups) {
    const rows = await cleanOne(db, cleanup, (done) => progress(cleanup.what, done));
    if (rows > 0) report.push({ step: cleanup.step, what: cleanup.what, rows });
  }
  return report;
}

async function cleanOne(db: Db, cleanup: Cleanup, told: (done: number) => void): Promise<number> {
  for (let done = 0; ; ) {
    const found = await db.transact(async (tx) => {
      const rows = await tx.rows<{ ctid: string }>(
        `SELECT DISTINCT ctid::text AS ctid FROM (${cleanup.find}) AS found ${cleanup.mend ? `LIMIT ${batch}` : ''}`,
      );
      const ctids = rows.map(({ ctid }) => ctid);
      if (ctids.length === 0 || !cleanup.mend) return ctids.length;
      await tx.rows(
        `INSERT INTO portolan.adoption_kept SELECT $2, $3, to_jsonb(t) FROM "${cleanup.table}" t WHERE t.ctid = ANY ($1::tid[])`,
        [ctids, cleanup.step, cleanup.table],
      );
      await tx.rows(cleanup.mend, [ctids]);
      return ctids.length;
    });
    done += found;
    if (found > 0) told(done);
    if (found < batch || !cleanup.mend) return done;
  }
}

/** CKAN's tables are there already: the migration that makes them counts as done. */
async function skipFirstMigration(db: Db): Promise<void> {
  const [first] = readMigrations();
  await db.transact(async (tx) => {
    await tx.rows(`CREATE TABLE IF NOT EXISTS portolan.migration (
      number integer NOT NULL, name text NOT NULL, checksum text NOT NULL, applied timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT migration_pkey PRIMARY KEY (number))`);
    await tx.rows(
      'INSERT INTO portolan.migration (number, name, checksum) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [first!.number, first!.name, first!.checksum],
    );
  });
}

async function noteSteps(tx: Tx, report: Adoption['cleanups']): Promise<void> {
  await tx.rows(`INSERT INTO portolan.adoption (step, report)
    SELECT step, before FROM portolan.adoption_kept WHERE step = 'structure' ON CONFLICT (step) DO NOTHING`);
  await tx.rows(
    `INSERT INTO portolan.adoption (step, report) VALUES ('cleanup', $1::jsonb)
    ON CONFLICT (step) DO NOTHING`,
    [JSON.stringify(report)],
  );
  await tx.rows(`INSERT INTO portolan.adoption_row (step, "table", before)
    SELECT step, "table", before FROM portolan.adoption_kept WHERE step <> 'structure'`);
  await tx.rows('DROP TABLE portolan.adoption_kept');
  // From here on the relay of any process would do the rest, too.
  await tx.rows('INSERT INTO portolan.outbox (key) SELECT id FROM package ORDER BY id');
}

/** @returns how many datasets there are */
async function indexAll(site: Site, progress: Progress): Promise<number> {
  const [row] = await site.db.rows<{ n: number }>('SELECT count(*)::int AS n FROM package');
  const total = row?.n ?? 0;
  let done = 0;
  await workOffBacklog(site, (settled) => {
    done += settled;
    // Notes may be more than datasets: some are of changes made meanwhile.
    progress('index', Math.min(done, total), total);
    return true;
  });
  await site.db.rows(
    `INSERT INTO portolan.adoption (step, report) VALUES ('index', $1::jsonb) ON CONFLICT (step) DO NOTHING`,
    [JSON.stringify({ datasets: total })],
  );
  return total;
}
