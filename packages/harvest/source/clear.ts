import { inStep, purgeDatasets, type Site, type WriteCall } from '@portolan/catalogue';
import type { Tx } from '@portolan/db';

/** Datasets, and records, of one transaction: short enough for nobody to wait. */
const batch = { datasets: 200, records: 2000 };

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
    while ((await inStep(site, (tx) => clearDatasets({ site, sql: tx }, id))) > 0);
    while ((await site.db.transact((tx) => clearRecords(tx, id))) > 0);
  } while (!(await site.db.transact((tx) => clearJobs(tx, id))));
}

async function clearDatasets(call: Pick<WriteCall, 'site' | 'sql'>, id: string): Promise<number> {
  // A dataset has as many rows as imports; sorting them out in SQL would read all of them for each batch.
  const rows = await call.sql.rows<{ dataset: string }>(
    `SELECT o.package_id AS dataset FROM harvest_object o
     WHERE o.harvest_source_id = $1 AND o.package_id IS NOT NULL AND NOT ${takenOver} LIMIT ${batch.datasets}`,
    [id],
  );
  if (rows.length > 0) await purgeDatasets(call, [...new Set(rows.map(({ dataset }) => dataset))]);
  return rows.length;
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

/**
 * Takes a source's jobs away, with their records and errors. `keepCurrent` spares the records that datasets are made
 * of, jobs that run, and every job that either belongs to.
 */
export async function clearHistory(call: WriteCall, id: string, keepCurrent: boolean): Promise<void> {
  const { sql } = call;
  if (!keepCurrent) {
    await sql.rows(`DELETE FROM harvest_object WHERE harvest_source_id = $1`, [id]);
    await sql.rows(`DELETE FROM harvest_job WHERE source_id = $1`, [id]);
    return;
  }
  await sql.rows(
    `DELETE FROM harvest_object o USING harvest_job j
     WHERE j.id = o.harvest_job_id AND o.harvest_source_id = $1 AND o.current IS NOT TRUE AND j.status <> 'Running'
       AND NOT EXISTS (SELECT FROM harvest_object c WHERE c.harvest_job_id = j.id AND c.current)`,
    [id],
  );
  await sql.rows(
    `DELETE FROM harvest_job j WHERE source_id = $1 AND status <> 'Running'
       AND NOT EXISTS (SELECT FROM harvest_object WHERE harvest_job_id = j.id)`,
    [id],
  );
}

/** Has the index entries of a source and of its datasets made anew. */
export async function reindexSource(call: { sql: WriteCall['sql'] }, id: string): Promise<void> {
  await call.sql.rows(
    `SELECT portolan.note(array_agg(id)) FROM (
       SELECT $1::text AS id UNION SELECT package_id FROM harvest_object WHERE harvest_source_id = $1 AND current) AS affected`,
    [id],
  );
}
