import type { Tx } from '@portolan/db';
import { addGatherError } from '../job/job.repo.ts';
import { insertObjects } from '../object/object.repo.ts';
import { isMassDeletion } from '../plan.rules.ts';
import type { HarvestSite } from '../site.ts';
import { deterministicId } from '../text/deterministic_id.ts';
import type { Gathering } from './batch.ts';

const batch = 1000;

/**
 * After a complete listing: current records of the source that it did not hold become records to delete, unless
 * there are so many that the listing is more likely broken than the source emptied. Those are held for approval.
 * Nothing changes for the datasets themselves until a record's own import.
 */
export async function planDeletions(
  tx: Tx,
  site: { config: Pick<HarvestSite['config'], 'harvestDeleteFloor' | 'harvestDeleteShare'> },
  gathering: Pick<Gathering, 'jobId' | 'sourceId'>,
  now: string,
  guarded: boolean,
): Promise<void> {
  const { jobId, sourceId } = gathering;
  const [counts] = await tx.rows<{ current: number; missing: number; gathered: number }>(
    // A sum of bigint is numeric, which comes as text.
    `SELECT coalesce(sum(updated), 0)::bigint + count(*) FILTER (WHERE ${isKept}) AS current,
       count(*) FILTER (WHERE gathered = 0 AND ${isKept}) AS missing, coalesce(sum(gathered), 0)::bigint AS gathered
     FROM (${byGuid}) AS g`,
    [sourceId, jobId],
  );
  await tx.rows(`DELETE FROM portolan.harvest_held_deletion WHERE source_id = $1`, [sourceId]);
  if (!counts || counts.missing === 0) return;
  const guard = { floor: site.config.harvestDeleteFloor, share: site.config.harvestDeleteShare };
  const held = guarded && isMassDeletion(counts.missing, counts.current, counts.gathered, guard);
  if (held) await hold(tx, gathering, now, counts);
  else await queueDeletions(tx, gathering, now);
  if (held)
    await addGatherError(tx, {
      id: deterministicId(jobId, 'held deletions'),
      jobId,
      message: `Deletion of ${counts.missing} of ${counts.current} datasets held back`,
      created: now,
    });
}

/**
 * By GUID: how often the job has it, and the dataset of the source's current record. Grouped instead of joined: tables
 * that have just been filled have no statistics yet, and a join of two jobs was then done row by row.
 */
const byGuid = `
  SELECT guid, count(*) FILTER (WHERE is_new) AS gathered, count(*) FILTER (WHERE is_new AND report_status = 'updated') AS updated,
    min(package_id) FILTER (WHERE NOT is_new) AS package_id
  FROM (SELECT guid, package_id, report_status, true AS is_new FROM harvest_object WHERE harvest_job_id = $2
        UNION ALL SELECT guid, package_id, report_status, false FROM harvest_object
          WHERE harvest_source_id = $1 AND current AND harvest_job_id <> $2) AS records
  GROUP BY guid`;

/** The current record's dataset is there: looked up by its id, whatever is known of how many there are. */
const isKept = `(SELECT state FROM package WHERE id = g.package_id) = 'active'`;

const missing = `SELECT guid, package_id FROM (${byGuid}) AS g WHERE gathered = 0 AND ${isKept}`;

async function hold(
  tx: Tx,
  { jobId, sourceId }: Pick<Gathering, 'jobId' | 'sourceId'>,
  now: string,
  counts: { missing: number },
): Promise<void> {
  await tx.rows(
    `INSERT INTO portolan.harvest_held_deletion (source_id, guid, job_id, package_id, created)
     SELECT $1, guid, $2, package_id, $3 FROM (${missing}) AS m ON CONFLICT DO NOTHING`,
    [sourceId, jobId, now],
  );
  await tx.rows(`UPDATE portolan.harvest_job_state SET held_deletions = $2 WHERE job_id = $1`, [
    jobId,
    counts.missing,
  ]);
}

async function queueDeletions(
  tx: Tx,
  { jobId, sourceId }: Pick<Gathering, 'jobId' | 'sourceId'>,
  now: string,
): Promise<void> {
  await tx.rows(`DECLARE gone NO SCROLL CURSOR FOR ${missing} ORDER BY guid`, [sourceId, jobId]);
  for (;;) {
    const gone = await tx.rows<{ guid: string; package_id: string }>(`FETCH ${batch} FROM gone`);
    if (gone.length === 0) break;
    await insertObjects(tx, { jobId, sourceId, now }, gone.map(deletion(jobId)));
  }
  await tx.rows('CLOSE gone');
}

export const deletion = (jobId: string) => (record: { guid: string; package_id: string }) => ({
  id: deterministicId(jobId, record.guid),
  guid: record.guid,
  content: null,
  contentHash: null,
  remoteModified: null,
  extras: { status: 'delete' },
  packageId: record.package_id,
  unchanged: false,
  action: 'delete' as const,
  reason: 'no longer in the source',
});
