import { timestamp } from '@portolan/kernel';
import { measured, noTraffic, saveTraffic } from '../health/traffic.ts';
import { finishIfDone } from '../job/finish.ts';
import { findJob, lockJob } from '../job/job.repo.ts';
import { RemoteSilent, restJob, stoppedBySilence } from '../job/rest.ts';
import { jobStanding } from '../job/standing.ts';
import { watchJob } from '../job/watch.ts';
import { logOf } from '../log/parts.ts';
import { driverOf, type HarvestSite, type JobRun } from '../site.ts';
import { knownManners } from '../source/manners.rules.ts';
import { findSource, parsedConfig } from '../source/source.repo.ts';
import { noteThroughput } from '../status/throughput.ts';
import { importBatch } from './import_batch.ts';
import type { ImportContext } from './import_context.ts';
import { type ClaimedObject, claimObjects, releaseClaims } from './object.repo.ts';

/** Records one run of the queue job imports before the next source has its turn. */
const batchSize = 50;
/** Runs that work on one source at the same time; a source may have its own number. */
const lanes = 2;

/**
 * Imports the next records of a job and, while there are more, asks for the next run. Any number of runs may be
 * under way or lost: the work is in the tables.
 * @param guids only these records (`run-test force-import=…`)
 * @returns how many records it took
 */
export async function runImport(
  site: HarvestSite,
  run: JobRun,
  jobId: string,
  options: ImportOptions = {},
): Promise<number> {
  const job = await findJob(site.db, jobId);
  const source = job && (await findSource(site.db, job.source_id));
  if (!job || !source) return 0;
  const claimed = await claim(site, run, jobId, knownManners(parsedConfig(source)).concurrency ?? lanes);
  if (claimed.length > 0) {
    const traffic = noTraffic();
    const watch = watchJob(site, run, jobId, run.id);
    const context: ImportContext = {
      site: { ...site, fetcher: stoppedBySilence(measured(site.fetcher, traffic), watch.cancel) },
      run: { ...run, signal: watch.signal },
      job,
      source,
      driver: driverOf(site, source.type),
      force: options.force ?? (() => false),
      found: new Map(),
    };
    const batch = importBatch(context);
    try {
      for (const object of claimed) {
        run.signal.throwIfAborted();
        if (watch.signal.aborted || run.stopping?.aborted) break;
        if (options.only && !options.only(object.guid)) continue;
        await batch.add(object);
      }
      // What an end in the middle leaves is given back.
      if (!watch.signal.aborted) await batch.flush();
    } catch (error) {
      // Put off because the job was paused or ended, not because anything is wrong.
      if (!watch.signal.aborted || run.signal.aborted) throw error;
    } finally {
      await watch.stop();
      await saveTraffic(site.db, jobId, traffic).catch((error) =>
        logOf(site.logger, 'queue').info({ job: jobId, err: error }, 'traffic of an import is not noted'),
      );
      await noteThroughput(site.db, batch.done).catch((error) =>
        logOf(site.logger, 'queue').info({ job: jobId, err: error }, 'records of an import are not counted'),
      );
      if (watch.signal.aborted || run.stopping?.aborted) await releaseClaims(site.db, jobId, run.id);
      if (watch.signal.reason instanceof RemoteSilent) await restJob(site, jobId, watch.signal.reason);
    }
  }
  if (!(await finishIfDone(site, jobId)) && claimed.length > 0 && !options.only)
    await continueLater(site, jobId);
  return claimed.length;
}

export interface ImportOptions {
  only?: (guid: string) => boolean;
  force?: (guid: string) => boolean;
}

/** Takes records for this run, once the whole plan is known and unless enough other runs are alive on the job. */
function claim(site: HarvestSite, run: JobRun, jobId: string, concurrency: number): Promise<ClaimedObject[]> {
  return site.db.transact(async (tx) => {
    await run.fence(tx);
    // The lock makes runs that start together count each other.
    const job = await lockJob(tx, jobId);
    if (
      job?.status !== 'Running' ||
      job.gather_finished === null ||
      (await jobStanding(tx, jobId, site.runtime.now())) !== 'working'
    )
      return [];
    const now = site.runtime.now();
    const staleBefore = timestamp(now - site.config.harvestStalledAfter * 1000);
    const [alive] = await tx.rows<{ n: number }>(
      `SELECT count(DISTINCT claimed_by) AS n FROM portolan.harvest_work
       WHERE job_id = $1 AND claimed_by <> $2 AND heartbeat >= $3`,
      [jobId, run.id, staleBefore],
    );
    if ((alive?.n ?? 0) >= concurrency) return [];
    return claimObjects(tx, { jobId, claimant: run.id, now: timestamp(now), staleBefore, limit: batchSize });
  });
}

async function continueLater(site: HarvestSite, jobId: string): Promise<void> {
  await site.db.transact(async (tx) => {
    const left = await tx.rows(`SELECT FROM portolan.harvest_work WHERE job_id = $1 LIMIT 1`, [jobId]);
    if (left.length > 0) await site.enqueue(tx, 'harvest.import', jobId);
  });
}
