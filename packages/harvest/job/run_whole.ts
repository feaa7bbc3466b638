import { GatherFailure } from '../driver.ts';
import { runGather } from '../gather/gather.job.ts';
import { type ImportOptions, runImport } from '../object/import.job.ts';
import type { HarvestSite, JobRun } from '../site.ts';
import { finishIfDone } from './finish.ts';
import { findJob, type JobRow } from './job.repo.ts';

/**
 * A whole harvest in this process, without the queue: what `harvester run-test` does. It writes for real.
 * @param options which records to import, and which even if they have not changed
 */
export async function runWholeJob(
  site: HarvestSite,
  jobId: string,
  signal: AbortSignal,
  options: ImportOptions = {},
): Promise<JobRow> {
  await site.db.rows(`UPDATE harvest_job SET status = 'Running' WHERE id = $1 AND status = 'New'`, [jobId]);
  const run: JobRun = { id: `run-test ${site.runtime.id()}`, signal, fence: async () => {} };
  // Workers of the queue keep their hands off: nothing is asked of it.
  const alone: HarvestSite = { ...site, enqueue: async () => {} };
  await runGather(alone, run, jobId, { anew: options.force !== undefined });
  while ((await runImport(alone, run, jobId, options)) > 0) if (options.only) break;
  await finishIfDone(site, jobId);
  const job = await findJob(site.db, jobId);
  if (!job) throw new GatherFailure(`harvest job ${jobId} is gone`);
  return job;
}
