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
    `WITH mine AS (SELECT guid FROM harvest_object WHERE harvest_job_id = $2),
          kept AS (SELECT o.guid, o.guid IN (SELECT guid FROM mine) AS seen FROM harvest_object o
                   JOIN package p ON p.id = o.package_id AND p.state = 'active'
                   WHERE o.harvest_source_id = $1 AND o.current AND o.harvest_job_id <> $2)
     SELECT count(*) + (SELECT count(*) FROM harvest_object WHERE harvest_job_id = $2 AND report_status = 'updated') AS current, count(*) FILTER (WHERE NOT seen) AS missing, (SELECT count(*) FROM mine) AS gathered FROM kept`,
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

const missing = `
  SELECT DISTINCT ON (o.guid) o.guid, o.package_id FROM harvest_object o
  JOIN package p ON p.id = o.package_id AND p.state = 'active'
  WHERE o.harvest_source_id = $1 AND o.current AND o.harvest_job_id <> $2
    AND NOT EXISTS (SELECT FROM harvest_object n WHERE n.harvest_job_id = $2 AND n.guid = o.guid)`;

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
  await tx.rows(`DECLARE gone NO SCROLL CURSOR FOR ${missing} ORDER BY o.guid`, [sourceId, jobId]);
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
