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

type ContentSite = Pick<HarvestSite, 'db' | 'runtime'> & {
  readonly config: { harvestKeepContentDays: number };
};

interface OldContent {
  id: string;
  gathered: string;
  /** Its job is over, and neither the newest of its source nor younger than texts are kept. */
  forgotten: boolean;
}

/**
 * Forgets the texts of records that no dataset is made of any more, `portolan.harvest.keep_content_days` after their
 * job's end. The records stay with all that is known of them; so do the texts of every source's newest job.
 * @returns how many texts are gone
 */
export async function forgetOldContents(site: ContentSite, signal?: AbortSignal): Promise<number> {
  const days = site.config.harvestKeepContentDays;
  if (days === 0) return 0;
  const before = timestamp(site.runtime.now() - days * day);
  let gone = 0;
  for (let after: OldContent | undefined; !signal?.aborted; ) {
    const page = await oldContents(site, before, after);
    const forgotten = page.filter((one) => one.forgotten).map(({ id }) => id);
    gone += await site.db.transact((tx) => forgetContents(tx, forgotten));
    if (page.length < batch) break;
    after = page.at(-1);
  }
  return gone;
}

function oldContents(
  { db }: ContentSite,
  before: string,
  after: OldContent | undefined,
): Promise<OldContent[]> {
  return db.rows<OldContent>(
    `SELECT o.id, o.gathered, coalesce(j.status IN ('Finished', 'Aborted')
         AND greatest(j.created, j.gather_finished, j.finished) < $1
         AND EXISTS (SELECT FROM harvest_job n WHERE n.source_id = j.source_id AND n.created > j.created), false) AS forgotten
     FROM harvest_object o LEFT JOIN harvest_job j ON j.id = o.harvest_job_id
     WHERE o.content IS NOT NULL AND o.current IS NOT TRUE AND o.gathered < $1
       AND ($2::timestamp IS NULL OR (o.gathered, o.id) > ($2, $3))
     ORDER BY o.gathered, o.id LIMIT ${batch}`,
    [before, after?.gathered ?? null, after?.id ?? null],
  );
}

/** A record that has become current meanwhile keeps its text. */
async function forgetContents(tx: Tx, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const old = await tx.rows<{ id: string; same: boolean }>(
    `SELECT id, report_status = 'not modified' AS same FROM harvest_object
     WHERE id = ANY ($1) AND current IS NOT TRUE ORDER BY id FOR UPDATE`,
    [ids],
  );
  // Who shares such a text knows of none any more: it is not handed on. That it had one is still told of who had.
  await tx.rows(
    `WITH emptied AS (UPDATE portolan.harvest_same_content SET holder_id = NULL WHERE holder_id = ANY ($1))
     INSERT INTO portolan.harvest_same_content (object_id) SELECT unnest($2::text[]) ON CONFLICT DO NOTHING`,
    [old.map(({ id }) => id), old.filter(({ same }) => same).map(({ id }) => id)],
  );
  await tx.rows(`UPDATE harvest_object SET content = NULL WHERE id = ANY ($1)`, [old.map(({ id }) => id)]);
  return old.length;
}
