import type { Sql } from '@portolan/db';
import type { Fetcher } from '@portolan/fetcher';
import { timestamp } from '@portolan/kernel';
import { findDocument } from '../conditional/document.repo.ts';
import { listRecords, mayAskOnCondition } from '../conditional/listing.ts';
import { madeFor } from '../conditional/validators.rules.ts';
import { type Driver, type GatherContext, GatherFailure, type OnceRead } from '../driver.ts';
import { measured, noTraffic, saveTraffic } from '../health/traffic.ts';
import { endJob, finishIfDone } from '../job/finish.ts';
import { addGatherError, findJob, type JobRow, lastErrorFree, lockJob } from '../job/job.repo.ts';
import { RemoteSilent, restJob, stoppedBySilence } from '../job/rest.ts';
import { jobStanding } from '../job/standing.ts';
import { watchJob } from '../job/watch.ts';
import { logOf } from '../log/parts.ts';
import { currentObjects } from '../object/object.repo.ts';
import { driverOf, type HarvestSite, type JobRun, portalOf } from '../site.ts';
import { mannerlyLister } from '../source/manners.rules.ts';
import { findSource, parsedConfig, type Source } from '../source/source.repo.ts';
import { noteThroughput } from '../status/throughput.ts';
import { deterministicId } from '../text/deterministic_id.ts';
import { ensureOurs, type Gathering, GatherStopped } from './batch.ts';
import { batchStore } from './batch_store.ts';
import { planDeletions } from './deletions.ts';
import { gatherMessage, isTransient } from './failure.rules.ts';

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
  const taken = await take(site, run, jobId);
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
    const complete = await list({
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
    await close(site, gathering, source, complete);
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
    await fail(site, gathering, gatherMessage(error));
  } finally {
    await watch.stop();
    await saveTraffic(site.db, jobId, traffic).catch((error) =>
      log(site).info({ job: jobId, err: error }, 'traffic of a gathering is not noted'),
    );
  }
  await finishIfDone(site, jobId);
}

interface Taken {
  job: JobRow;
  source: Source;
  driver: Driver;
  cursor: unknown;
  /** Records of the listing up to the cursor. */
  position: number;
  gathering: Gathering;
}

/** Makes the job this process's own, or finds that there is nothing to do. */
function take(site: HarvestSite, run: JobRun, jobId: string): Promise<Taken | undefined> {
  return site.db.transact(async (tx) => {
    await run.fence(tx);
    const job = await lockJob(tx, jobId);
    if (!job) {
      log(site).warn({ job: jobId }, 'Harvest job does not exist');
      return undefined;
    }
    if (job.status !== 'Running' || job.gather_finished !== null) return undefined;
    if ((await jobStanding(tx, jobId, site.runtime.now())) === 'paused') return undefined;
    const source = await findSource(tx, job.source_id);
    if (!source) return undefined;
    const driver = driverOf(site, source.type);
    const now = timestamp(site.runtime.now());
    if (!driver) {
      const message = `System error - No harvester could be found for source type ${source.type}`;
      await addGatherError(tx, { id: site.runtime.id(), jobId, message, created: now });
      await endJob(tx, site, jobId, now);
      return undefined;
    }
    const token = site.runtime.id();
    const [state] = await tx.rows<{
      gather_cursor: unknown;
      gather_position: number;
      gather_reached: number;
    }>(
      `UPDATE portolan.harvest_job_state SET gather_token = $2, heartbeat = $3 WHERE job_id = $1 
       RETURNING gather_cursor, gather_position, gather_reached`,
      [jobId, token, now],
    );
    await tx.rows(`UPDATE harvest_job SET gather_started = coalesce(gather_started, $2) WHERE id = $1`, [
      jobId,
      now,
    ]);
    const started = (await findJob(tx, jobId)) ?? job;
    return {
      job: started,
      source,
      driver,
      cursor: state?.gather_cursor ?? undefined,
      position: state?.gather_position ?? 0,
      gathering: {
        jobId,
        sourceId: source.id,
        madeFor: madeFor(source),
        token,
        reimport: driver.reimport,
        reached: state?.gather_reached ?? 0,
        fence: run.fence,
      },
    };
  });
}

interface Completeness {
  /** Records that the listing did not hold are gone from the source. */
  deleteMissing: boolean;
  /** What is done when all of them have been read, where only their documents tell which they are. */
  onceRead: OnceRead | undefined;
  /** So many it held. */
  records: number;
}

async function list(
  work: Taken & { site: HarvestSite; fetcher: Fetcher; signal: AbortSignal; anew: boolean },
): Promise<Completeness> {
  const { site, job, source, driver, gathering, signal } = work;
  let deleteMissing = false;
  let onceRead: OnceRead | undefined;
  const store = batchStore(site, gathering, work.position);
  const error = (message: string, about?: string) =>
    site.db.transact(async (tx) => {
      tx.afterCommit(() => log(site).warn({ job: job.id, source: source.id }, message));
      await ensureOurs(tx, gathering);
      await addGatherError(tx, {
        id: about === undefined ? site.runtime.id() : deterministicId(job.id, 'gather error', about),
        jobId: job.id,
        message,
        created: timestamp(site.runtime.now()),
      });
    });
  const onCondition = !work.anew && mayAskOnCondition(source);
  const context: Omit<GatherContext, 'readListing'> = {
    source,
    portal: portalOf(site),
    config: parsedConfig(source),
    jobId: job.id,
    fetcher: work.fetcher,
    sql: site.db,
    logger: log(site),
    runtime: site.runtime,
    signal,
    cursor: work.cursor,
    lastErrorFree: await lastErrorFree(site.db, job),
    error,
    finding: (kind, record) => store.finding(kind, record),
    deleteMissing: () => {
      deleteMissing = true;
    },
    onceRead: (then) => {
      onceRead = then;
    },
    known: async (guids) =>
      new Set((await currentObjects(site.db, source.id, guids)).map(({ guid }) => guid)),
    async checkpoint(value) {
      const added = await store.checkpoint(value);
      signal.throwIfAborted();
      return { added };
    },
    knownDocument: async (url, guid) => (onCondition ? findDocument(site.db, source, url, guid) : undefined),
  };
  const records = listRecords(
    { sql: site.db, ...work, listed: store.listed },
    // A listing that goes on in its middle says nothing of its beginning.
    { anew: work.anew || work.cursor !== undefined },
    (readListing) => driver.gather({ ...context, readListing }),
  );
  const { harvestMaxRecords, harvestMaxRecordSize } = site.config;
  try {
    for await (const record of records) {
      if (store.position >= harvestMaxRecords)
        throw new GatherFailure(
          `The source lists more than ${harvestMaxRecords} records (portolan.harvest.max_records)`,
        );
      if (Buffer.byteLength(record.content ?? '') > harvestMaxRecordSize * 2 ** 20) {
        await error(
          `Record ${record.guid} is larger than ${harvestMaxRecordSize} MB (portolan.harvest.max_record_mb) and is left out`,
        );
        continue;
      }
      await store.add(record);
    }
  } catch (error) {
    // What was listed need not be listed again, and a listing that broke off tells how far it came. Should that not
    // be possible, why the listing was cut short is what matters all the same.
    await store
      .keep()
      .catch((err) => log(site).warn({ job: job.id, err }, 'what had been listed could not be kept'));
    throw error;
  }
  await store.flush();
  return { deleteMissing, onceRead, records: store.position };
}

/** Records that the listing itself was enough to be done with. */
async function unchangedRecords(sql: Sql, jobId: string): Promise<number> {
  const [row] = await sql.rows<{ n: number }>(
    `SELECT count(*) AS n FROM harvest_object WHERE harvest_job_id = $1 AND state = 'COMPLETE'`,
    [jobId],
  );
  return row?.n ?? 0;
}

/** The end of a listing that was read to its end. */
function close(
  site: HarvestSite,
  gathering: Gathering,
  source: Source,
  outcome: Completeness,
): Promise<void> {
  return site.db.transact(async (tx) => {
    await ensureOurs(tx, gathering);
    const now = timestamp(site.runtime.now());
    const errors = await tx.rows(`SELECT FROM harvest_gather_error WHERE harvest_job_id = $1 LIMIT 1`, [
      gathering.jobId,
    ]);
    if (outcome.deleteMissing && errors.length === 0)
      await planDeletions(tx, site, gathering, now, parsedConfig(source)['deletion_guard'] !== false);
    await tx.rows(
      `UPDATE portolan.harvest_job_state SET gather_complete = true, gather_cursor = NULL, when_read = $2 WHERE job_id = $1`,
      [gathering.jobId, outcome.onceRead ? JSON.stringify(outcome.onceRead) : null],
    );
    await tx.rows(`UPDATE harvest_job SET gather_finished = $2 WHERE id = $1`, [gathering.jobId, now]);
    await site.enqueue(tx, 'harvest.import', gathering.jobId);
    tx.afterCommit(() =>
      log(site).info(
        { job: gathering.jobId, source: source.id, records: outcome.records },
        'gathering is over',
      ),
    );
  });
}

/** The end of a listing that broke off: what it had listed goes, so nothing of it is applied. */
async function fail(site: HarvestSite, gathering: Gathering, message: string): Promise<void> {
  try {
    await site.db.transact(async (tx) => {
      await ensureOurs(tx, gathering);
      const now = timestamp(site.runtime.now());
      await addGatherError(tx, { id: site.runtime.id(), jobId: gathering.jobId, message, created: now });
      await tx.rows(
        `DELETE FROM harvest_object WHERE harvest_job_id = $1 AND state = 'WAITING' AND id IN (
           SELECT object_id FROM portolan.harvest_work WHERE job_id = $1 AND claimed_by IS NULL)`,
        [gathering.jobId],
      );
      await tx.rows(`UPDATE harvest_job SET gather_finished = $2 WHERE id = $1`, [gathering.jobId, now]);
    });
  } catch (error) {
    if (!(error instanceof GatherStopped)) throw error;
  }
}
