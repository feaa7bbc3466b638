import { setTimeout as pause } from 'node:timers/promises';
import { inStep, purgeDatasets, type Site, type WriteCall } from '@portolan/catalogue';
import type { Sql, Tx } from '@portolan/db';

/** Datasets, and records, of one transaction: short enough for nobody to wait. */
const batch = { datasets: 25, records: 1000 };
/** Records whose datasets are looked up at once: each look-up wades through all those that have none. */
const lookUp = 2_000;
/** How long to rest after each transaction, as a share of what it took: a database that is slow has others to serve. */
const rest = 0.5;

/** The record `o` is of a dataset that another source has taken over since: it stays with that one. */
const takenOver = `EXISTS (
  SELECT FROM harvest_object c WHERE c.package_id = o.package_id AND c.current AND c.harvest_source_id <> $1)`;

/**
 * Takes everything away that a source has brought: its datasets for good, its records, jobs and errors. It works in
 * short transactions, each whole in itself: after a crash the same call goes on with what is left. What a job of the
 * source brings meanwhile goes too.
 */
export async function clearSource(site: Site, id: string): Promise<void> {
  do {
    for (let ids = await datasetsOf(site.db, id); ids.length > 0; ids = await datasetsOf(site.db, id))
      for (let from = 0; from < ids.length; from += batch.datasets) {
        const some = ids.slice(from, from + batch.datasets);
        await rested(site, () => inStep(site, (tx) => clearDatasets({ site, sql: tx }, id, some)));
      }
    while ((await rested(site, () => site.db.transact((tx) => clearRecords(tx, id)))) > 0);
  } while (!(await site.db.transact((tx) => clearJobs(tx, id))));
}

/** Does something, and leaves the database to others for a while. */
async function rested<Result>({ runtime }: Site, work: () => Promise<Result>): Promise<Result> {
  const started = runtime.now();
  const result = await work();
  await pause((runtime.now() - started) * rest);
  return result;
}

/** Some of the source's datasets; none once it has none. */
async function datasetsOf(sql: Sql, id: string): Promise<string[]> {
  // A dataset has as many rows as imports; sorting them out in SQL would read all of them for each look-up.
  const rows = await sql.rows<{ dataset: string }>(
    `SELECT o.package_id AS dataset FROM harvest_object o
     WHERE o.harvest_source_id = $1 AND o.package_id IS NOT NULL AND NOT ${takenOver} LIMIT ${lookUp}`,
    [id],
  );
  return [...new Set(rows.map(({ dataset }) => dataset))];
}

/** Takes these away, but for those that another source has taken over meanwhile. */
async function clearDatasets(
  call: Pick<WriteCall, 'site' | 'sql'>,
  id: string,
  ids: readonly string[],
): Promise<void> {
  const rows = await call.sql.rows<{ dataset: string }>(
    `SELECT DISTINCT o.package_id AS dataset FROM harvest_object o
     WHERE o.package_id = ANY ($2) AND o.harvest_source_id = $1 AND NOT ${takenOver}`,
    [id, ids],
  );
  if (rows.length > 0)
    await purgeDatasets(
      call,
      rows.map(({ dataset }) => dataset),
    );
}

/** Deletes records without a dataset of this source's; one that gets its dataset in this moment is left. */
async function clearRecords(tx: Tx, id: string): Promise<number> {
  const gone = await tx.rows(
    `DELETE FROM harvest_object o WHERE (package_id IS NULL OR ${takenOver})
       AND id IN (SELECT id FROM harvest_object WHERE harvest_source_id = $1 LIMIT ${batch.records}) RETURNING id`,
    [id],
  );
  return gone.length;
}

/** @returns whether none is left: a job that has got records meanwhile stays until they are gone */
async function clearJobs(tx: Tx, id: string): Promise<boolean> {
  await tx.rows(
    `DELETE FROM harvest_job j WHERE source_id = $1
       AND NOT EXISTS (SELECT FROM harvest_object WHERE harvest_job_id = j.id)`,
    [id],
  );
  return (await tx.rows(`SELECT FROM harvest_job WHERE source_id = $1 LIMIT 1`, [id])).length === 0;
}

export interface KeptHistory {
  /** The records that datasets are made of, jobs that run, and every job that either belongs to. */
  current: boolean;
  /** So many of the newest finished jobs, whole. */
  jobs: number;
}

const kept = `
  SELECT id FROM harvest_job WHERE source_id = $1 AND status = 'Finished' ORDER BY created DESC LIMIT $2`;

/** Takes a source's jobs away, with their records and errors, but for what is kept. */
export async function clearHistory(
  call: Pick<WriteCall, 'sql'>,
  id: string,
  keep: KeptHistory,
): Promise<void> {
  const { sql } = call;
  const among = [id, keep.jobs];
  if (keep.current) {
    await sql.rows(
      `DELETE FROM harvest_object o USING harvest_job j
       WHERE j.id = o.harvest_job_id AND o.harvest_source_id = $1 AND o.current IS NOT TRUE AND j.status <> 'Running'
         AND j.id NOT IN (${kept})
         AND NOT EXISTS (SELECT FROM harvest_object c WHERE c.harvest_job_id = j.id AND c.current)`,
      among,
    );
    await sql.rows(
      `DELETE FROM harvest_job j WHERE source_id = $1 AND status <> 'Running' AND id NOT IN (${kept})
         AND NOT EXISTS (SELECT FROM harvest_object WHERE harvest_job_id = j.id)`,
      among,
    );
  } else {
    await sql.rows(
      `DELETE FROM harvest_object WHERE harvest_source_id = $1 AND coalesce(harvest_job_id, '') NOT IN (${kept})`,
      among,
    );
    await sql.rows(`DELETE FROM harvest_job WHERE source_id = $1 AND id NOT IN (${kept})`, among);
  }
}

/** Has the index entries of a source and of its datasets made anew. */
export async function reindexSource(call: { sql: WriteCall['sql'] }, id: string): Promise<void> {
  await call.sql.rows(
    `SELECT portolan.note(array_agg(id)) FROM (
       SELECT $1::text AS id UNION SELECT package_id FROM harvest_object WHERE harvest_source_id = $1 AND current) AS affected`,
    [id],
  );
}
