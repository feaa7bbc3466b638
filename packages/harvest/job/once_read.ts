import type { Tx } from '@portolan/db';
import type { Config } from '@portolan/kernel';
import { timestamp } from '@portolan/kernel';
import type { OnceRead } from '../driver.ts';
import { planDeletions } from '../gather/deletions.ts';
import type { HarvestSite } from '../site.ts';
import { findSource, parsedConfig } from '../source/source.repo.ts';
import { deterministicId } from '../text/deterministic_id.ts';
import { addGatherError } from './job.repo.ts';

export interface OnceReadSite extends Pick<HarvestSite, 'runtime'> {
  config: Pick<Config, 'harvestDeleteFloor' | 'harvestDeleteShare'>;
}

/**
 * What a job of a source whose documents alone tell which records they are does when all of them have been read, once:
 * the caller holds the job's lock. @returns whether it may have left records to delete
 */
export async function doOnceRead(
  tx: Tx,
  site: OnceReadSite,
  { id: jobId, source_id: sourceId }: { id: string; source_id: string },
): Promise<boolean> {
  const [state] = await tx.rows<{ then: OnceRead }>(
    `SELECT when_read AS then FROM portolan.harvest_job_state WHERE job_id = $1 AND when_read IS NOT NULL`,
    [jobId],
  );
  if (!state) return false;
  const { deleteMissing, ifNone } = state.then;
  await tx.rows(`UPDATE portolan.harvest_job_state SET when_read = NULL WHERE job_id = $1`, [jobId]);
  const now = timestamp(site.runtime.now());
  const found = await tx.rows(`SELECT FROM harvest_object WHERE harvest_job_id = $1 LIMIT 1`, [jobId]);
  if (found.length === 0) {
    const id = deterministicId(jobId, 'no record');
    await addGatherError(tx, { id, jobId, message: ifNone, created: now });
  }
  if (!deleteMissing || (await isIncomplete(tx, jobId))) return false;
  const source = await findSource(tx, sourceId);
  if (!source) return false;
  const guarded = parsedConfig(source)['deletion_guard'] !== false;
  await planDeletions(tx, site, { jobId, sourceId }, now, guarded);
  return true;
}

/** A document that could not be read, or whose reading was given up, might be any of those that seem to be missing. */
async function isIncomplete(tx: Tx, jobId: string): Promise<boolean> {
  const [row] = await tx.rows<{ incomplete: boolean }>(
    `SELECT EXISTS (SELECT FROM harvest_gather_error WHERE harvest_job_id = $1) OR EXISTS (
       SELECT FROM harvest_object WHERE harvest_job_id = $1 AND state = 'ERROR' AND content IS NULL) AS incomplete`,
    [jobId],
  );
  return row?.incomplete ?? true;
}
