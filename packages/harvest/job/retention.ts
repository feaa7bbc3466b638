import type { Tx } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import type { HarvestSite } from '../site.ts';

const day = 86_400_000;
/** Records of one transaction. */
const batch = 5000;

type RetentionSite = Pick<HarvestSite, 'db' | 'runtime'> & {
  readonly config: { harvestKeepJobs: number; harvestKeepDays: number };
};

/**
 * Forgets finished jobs that are neither among the newest `portolan.harvest.keep_jobs` of their source nor younger than
 * `portolan.harvest.keep_days`, with their records and errors. Kept whatever their age: records that datasets are made
 * of, with their jobs; the last job without errors, from which changes are asked for; deletions that are held.
 * @returns how many records and jobs are gone
 */
export async function forgetOldJobs(site: RetentionSite, signal?: AbortSignal): Promise<number> {
  const { harvestKeepDays, harvestKeepJobs } = site.config;
  if (harvestKeepDays === 0) return 0;
  const jobs = await oldJobs(site, timestamp(site.runtime.now() - harvestKeepDays * day), harvestKeepJobs);
  let gone = 0;
  for (const id of jobs) {
    for (let some = batch; some === batch; gone += some) {
      if (signal?.aborted) return gone;
      some = await site.db.transact((tx) => forgetRecords(tx, id));
    }
    gone += await site.db.transact((tx) => forgetJob(tx, id));
  }
  return gone;
}

async function oldJobs(site: RetentionSite, before: string, newest: number): Promise<string[]> {
  const rows = await site.db.rows<{ id: string }>(
    `SELECT j.id FROM (
       SELECT id, source_id, created, row_number() OVER (PARTITION BY source_id ORDER BY created DESC) AS place
       FROM harvest_job WHERE status IN ('Finished', 'Aborted')) AS j
     WHERE j.place > greatest($2, 1) AND j.created < $1
       AND NOT EXISTS (SELECT FROM portolan.harvest_held_deletion h WHERE h.job_id = j.id)
       AND j.id IS DISTINCT FROM (
         SELECT g.id FROM harvest_job g JOIN portolan.harvest_job_state t ON t.job_id = g.id AND t.error_free
         WHERE g.source_id = j.source_id AND g.status = 'Finished' AND g.gather_started IS NOT NULL
         ORDER BY g.gather_started DESC LIMIT 1)
     ORDER BY j.created`,
    [before, newest],
  );
  return rows.map(({ id }) => id);
}

async function forgetRecords(tx: Tx, jobId: string): Promise<number> {
  const gone = await tx.rows(
    `DELETE FROM harvest_object WHERE id IN (
       SELECT id FROM harvest_object WHERE harvest_job_id = $1 AND current IS NOT TRUE LIMIT ${batch}) RETURNING id`,
    [jobId],
  );
  return gone.length;
}

/** A job that has been taken up again meanwhile stays. */
async function forgetJob(tx: Tx, jobId: string): Promise<number> {
  const gone = await tx.rows(
    `DELETE FROM harvest_job j WHERE id = $1 AND status IN ('Finished', 'Aborted')
       AND NOT EXISTS (SELECT FROM harvest_object WHERE harvest_job_id = j.id) RETURNING id`,
    [jobId],
  );
  return gone.length;
}
