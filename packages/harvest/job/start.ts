import type { Tx } from '@portolan/db';
import { lockNames } from '@portolan/db';
import { invalid, notFound, PortolanError, timestamp } from '@portolan/kernel';
import type { HarvestSite } from '../site.ts';
import { findSource } from '../source/source.repo.ts';
import { findJob, insertJob, type JobRow, lockJob } from './job.repo.ts';
import { laneFor } from './lane.ts';

/**
 * Makes a job and, unless told otherwise, sends it on its way; `byHand` when somebody waits for it.
 * @throws PortolanError `notFound` for an unknown source; `validation` for one that is inactive, frozen or busy
 */
export async function createJob(
  tx: Tx,
  site: Pick<HarvestSite, 'runtime' | 'enqueue'>,
  sourceId: string,
  options: { run: boolean; byHand?: boolean },
): Promise<JobRow> {
  const source = await findSource(tx, sourceId);
  if (!source) throw notFound(`Harvest source ${sourceId} does not exist`);
  if (!source.active) throw refused(sourceId, 'Can not create jobs on inactive sources');
  if (source.frozen) throw refused(sourceId, `Harvest source is frozen: ${source.frozen_reason ?? ''}`);
  await lockNames(tx, 'harvest_source', [sourceId]);
  const [pending] = await tx.rows<{ id: string }>(
    `SELECT id FROM harvest_job WHERE source_id = $1 AND status IN ('New', 'Running') LIMIT 1`,
    [sourceId],
  );
  if (pending) throw refused(sourceId, 'There already is an unrun job for this source');
  const id = site.runtime.id();
  const lane = await laneFor(tx, sourceId, { byHand: options.byHand ?? false });
  await insertJob(tx, { id, created: timestamp(site.runtime.now()), sourceId, status: 'New', lane });
  if (options.run) return sendToGather(tx, site, id);
  return (await findJob(tx, id)) as JobRow;
}

const refused = (sourceId: string, message: string) => invalid({ message, source_id: [sourceId] });

/** A job is pending: what a scheduler passes over. */
export const isPendingJob = (error: unknown): boolean =>
  error instanceof PortolanError &&
  error.fields['message'] === 'There already is an unrun job for this source';

/** @throws PortolanError `notFound`, or `validation` when the job's source is not active */
export async function sendToGather(
  tx: Tx,
  site: Pick<HarvestSite, 'runtime' | 'enqueue'>,
  jobId: string,
): Promise<JobRow> {
  const job = await lockJob(tx, jobId);
  if (!job) throw notFound();
  const source = await findSource(tx, job.source_id);
  if (!source?.active) throw invalid({ message: 'Source is not active' });
  await tx.rows(`UPDATE harvest_job SET status = 'Running' WHERE id = $1`, [jobId]);
  await site.enqueue(tx, 'harvest.gather', jobId);
  return { ...job, status: 'Running' };
}
