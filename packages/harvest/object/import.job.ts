import { timestamp } from '@portolan/kernel';
import { measured, noTraffic } from '../health/traffic.ts';
import { finishIfDone } from '../job/finish.ts';
import { findJob, isAlone, type JobRow, lockTakenJob } from '../job/job.repo.ts';
import { RemoteSilent, restJob, stoppedBySilence } from '../job/rest.ts';
import { jobStanding } from '../job/standing.ts';
import { watchJob } from '../job/watch.ts';
import { driverOf, type HarvestSite, type JobRun } from '../site.ts';
import { knownManners } from '../source/manners.rules.ts';
import { findSource, parsedConfig, type Source } from '../source/source.repo.ts';
import { claimObjects, releaseClaims, type UnreadObject, withContents } from './claim.repo.ts';
import { claimedOnce, claimsOfTurns } from './claim_turn.ts';
import { currentContents } from './current_contents.ts';
import { type ImportBatch, importBatch } from './import_batch.ts';
import type { ImportContext } from './import_context.ts';
import { importProgress } from './import_progress.ts';

/** Runs that work on one source at the same time; a source may have its own number. */
const lanes = 2;

export interface ImportOptions {
  /** Imports these alone of the records that it takes. */
  only?: (guid: string) => boolean;
  force?: (guid: string) => boolean;
}

/**
 * Imports records of a job for some seconds, or for minutes while no other job is under way, and, while there are more,
 * asks for the next run. Any number of runs may be under way or lost: the work is in the tables.
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
  const taken = await importClaims(site, run, { job, source, options });
  if (!(await finishIfDone(site, jobId)) && taken > 0 && !options.only) await continueLater(site, jobId);
  return taken;
}

interface Turn {
  job: JobRow;
  source: Source;
  options: ImportOptions;
}

async function importClaims(site: HarvestSite, run: JobRun, turn: Turn): Promise<number> {
  const { job, source, options } = turn;
  const traffic = noTraffic();
  const watch = watchJob(site, run, job.id, run.id);
  const context: ImportContext = {
    site: { ...site, fetcher: stoppedBySilence(measured(site.fetcher, traffic), watch.cancel) },
    run: { ...run, signal: watch.signal },
    job,
    source,
    driver: driverOf(site, source.type),
    force: options.force ?? (() => false),
    found: new Map(),
    contents: currentContents(site.db, source),
  };
  const batch = importBatch(context);
  const progress = importProgress(site, job.id, { traffic, batch });
  const isOver = () => watch.signal.aborted || run.stopping?.aborted === true;
  let taken = 0;
  let isAgain = false;
  try {
    for await (const claimed of claimsOf(site, run, turn, batch)) {
      watch.shown();
      taken += claimed.length;
      isAgain ||= claimed.some(({ retry_times: times }) => times > 1);
      run.signal.throwIfAborted();
      await importClaimed(context, batch, { claimed, isOver, only: options.only });
      run.signal.throwIfAborted();
      if (isOver()) break;
      await progress.noteWhenDue();
    }
    // What an end in the middle leaves is given back.
    if (!watch.signal.aborted) await batch.flush();
    run.signal.throwIfAborted();
    // What an attempt that was killed had claimed, and this one has not come to: nobody would come back for it.
    if (isAgain) await releaseClaims(site.db, job.id, run.id);
  } catch (error) {
    // Put off because the job was paused or ended, not because anything is wrong.
    if (!watch.signal.aborted || run.signal.aborted) throw error;
  } finally {
    await watch.stop();
    await progress.note();
    // Nor would anybody for what the end came before, or for records that were not asked for.
    if (isOver() || options.only) await releaseClaims(site.db, job.id, run.id);
    if (watch.signal.reason instanceof RemoteSilent) await restJob(site, job.id, watch.signal.reason);
  }
  return taken;
}

function claimsOf(
  site: HarvestSite,
  run: JobRun,
  { job, source, options }: Turn,
  batch: Pick<ImportBatch, 'waiting'>,
): AsyncIterable<UnreadObject[]> {
  const concurrency = knownManners(parsedConfig(source)).concurrency ?? lanes;
  let isFirst = true;
  const claimUpTo = (limit: number) => {
    const isBeginning = isFirst && !options.only;
    isFirst = false;
    return claim(site, run, { jobId: job.id, concurrency, limit, except: batch.waiting(), isBeginning });
  };
  if (options.only) return claimedOnce(claimUpTo);
  return claimsOfTurns(site.runtime.now, claimUpTo, () => isAlone(site.db, job.id));
}

async function importClaimed(
  context: ImportContext,
  batch: ImportBatch,
  {
    claimed,
    isOver,
    only,
  }: { claimed: readonly UnreadObject[]; isOver: () => boolean; only: ImportOptions['only'] },
): Promise<void> {
  const wanted = only ? claimed.filter(({ guid }) => only(guid)) : claimed;
  await context.contents.readAhead(wanted.filter(isToBeFetched).map(({ guid }) => guid));
  for await (const object of withContents(context.site.db, wanted)) {
    if (isOver()) break;
    await batch.add(object);
  }
  if (!context.run.signal.aborted) await batch.settle();
}

const isToBeFetched = ({ size, action }: UnreadObject): boolean => size === null && action === null;

interface Wanted {
  jobId: string;
  /** Runs that may be alive on the job. */
  concurrency: number;
  limit: number;
  except: string[];
  /** It is the first claim of a run: where there is more, another run may join it at once. */
  isBeginning: boolean;
}

/** Takes records for this run, once the whole plan is known and unless enough other runs are alive on the job. */
function claim(
  site: HarvestSite,
  run: JobRun,
  { jobId, concurrency, limit, except, isBeginning }: Wanted,
): Promise<UnreadObject[]> {
  return site.db.transact(async (tx) => {
    await run.fence(tx);
    // The lock makes runs that start together count each other.
    const job = await lockTakenJob(tx, jobId);
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
    const claimed = await claimObjects(tx, {
      jobId,
      claimant: run.id,
      now: timestamp(now),
      staleBefore,
      limit,
      except,
    });
    const mayBeJoined = isBeginning && claimed.length === limit && (alive?.n ?? 0) + 1 < concurrency;
    if (mayBeJoined) await site.enqueue(tx, 'harvest.import', jobId);
    return claimed;
  });
}

async function continueLater(site: HarvestSite, jobId: string): Promise<void> {
  await site.db.transact(async (tx) => {
    const left = await tx.rows(`SELECT FROM portolan.harvest_work WHERE job_id = $1 LIMIT 1`, [jobId]);
    if (left.length > 0) await site.enqueue(tx, 'harvest.import', jobId);
  });
}
