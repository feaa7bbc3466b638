import { purgeDataset, type WriteCall } from '@portolan/catalogue';

const batch = 100;

/**
 * Takes everything away that a source has brought: its datasets for good, its records, jobs and errors. A dataset
 * that another source has taken over since stays with that one.
 */
export async function clearSource(call: WriteCall, id: string): Promise<void> {
  for (;;) {
    const datasets = await call.sql.rows<{ id: string }>(
      `SELECT DISTINCT o.package_id AS id FROM harvest_object o JOIN package p ON p.id = o.package_id
       WHERE o.harvest_source_id = $1 AND NOT EXISTS (
         SELECT FROM harvest_object c WHERE c.package_id = o.package_id AND c.current AND c.harvest_source_id <> $1)
       LIMIT ${batch}`,
      [id],
    );
    for (const dataset of datasets) await purgeDataset(call, dataset.id);
    if (datasets.length < batch) break;
  }
  await clearHistory(call, id, false);
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
