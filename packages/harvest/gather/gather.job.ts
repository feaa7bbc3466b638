import type { Sql } from '@portolan/db';
import { measured, noTraffic, saveTraffic } from '../health/traffic.ts';
import { finishIfDone } from '../job/finish.ts';
import { RemoteSilent, restJob, stoppedBySilence } from '../job/rest.ts';
import { watchJob } from '../job/watch.ts';
import { logOf } from '../log/parts.ts';
import type { HarvestSite, JobRun } from '../site.ts';
import { mannerlyLister } from '../source/manners.rules.ts';
import { parsedConfig } from '../source/source.repo.ts';
import { noteThroughput } from '../status/throughput.ts';
import { GatherStopped } from './batch.ts';
import { closeListing, failListing } from './close.ts';
import { gatherMessage, isTransient } from './failure.rules.ts';
import { listSource } from './list.ts';
import { takeJob } from './take.ts';

const log = (site: Pick<HarvestSite, 'logger'>) => logOf(site.logger, 'harvesters');

export interface GatherOptions {
  /** Read everything, also what has not changed by what the source says of it. */
  anew?: boolean;
}

/**
 * Lists the records of a source into a job, a page at a time. At the end the job's whole plan is known, and only then
 * its import is asked for. An attempt that follows a crash continues after the page that was stored last.
 * @throws whatever is worth another attempt: a lost database, the end of the process
 */
export async function runGather(
  site: HarvestSite,
  run: JobRun,
  jobId: string,
  options: GatherOptions = {},
): Promise<void> {
  const taken = await takeJob(site, run, jobId);
  if (!taken) return;
  const { gathering, source } = taken;
  const from = taken.position > 0 ? { from: taken.position } : {};
  log(site).info(
    { job: jobId, source: source.name ?? source.id, type: source.type, ...from },
    'gathering begins',
  );
  const traffic = noTraffic();
  const watch = watchJob(site, run, jobId);
  try {
    const complete = await listSource({
      ...taken,
      site,
      anew: options.anew ?? false,
      fetcher: stoppedBySilence(
        measured(mannerlyLister(site.fetcher, parsedConfig(source)), traffic),
        watch.cancel,
      ),
      signal: watch.signal,
    });
    watch.signal.throwIfAborted(); // Whatever the driver made of a request that was cut off.
    await closeListing(site, gathering, source, complete);
    await noteThroughput(site.db, await unchangedRecords(site.db, jobId)).catch((error) =>
      log(site).info({ job: jobId, err: error }, 'records of a gathering are not counted'),
    );
  } catch (error) {
    if (error instanceof GatherStopped) {
      log(site).info({ job: jobId }, error.message);
      return;
    }
    if (run.signal.aborted || isTransient(error)) throw error;
    if (watch.signal.reason instanceof RemoteSilent) await restJob(site, jobId, watch.signal.reason);
    if (watch.signal.aborted) return; // Ended by an operator, who has closed the job's books, or paused: its cursor stays.
    log(site).warn({ job: jobId, source: source.id, err: error }, 'Gather stage failed');
    await failListing(site, gathering, gatherMessage(error));
  } finally {
    await watch.stop();
    await saveTraffic(site.db, jobId, traffic).catch((error) =>
      log(site).info({ job: jobId, err: error }, 'traffic of a gathering is not noted'),
    );
  }
  await finishIfDone(site, jobId);
}

/** Records that the listing itself was enough to be done with. */
async function unchangedRecords(sql: Sql, jobId: string): Promise<number> {
  const [row] = await sql.rows<{ n: number }>(
    `SELECT count(*) AS n FROM harvest_object WHERE harvest_job_id = $1 AND state = 'COMPLETE'`,
    [jobId],
  );
  return row?.n ?? 0;
}
