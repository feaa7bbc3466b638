import { timestamp } from '@portolan/kernel';
import { madeFor } from '../conditional/validators.rules.ts';
import type { Driver } from '../driver.ts';
import { endJob } from '../job/finish.ts';
import { addGatherError, findJob, type JobRow, lockJob } from '../job/job.repo.ts';
import { jobStanding } from '../job/standing.ts';
import { logOf } from '../log/parts.ts';
import { driverOf, type HarvestSite, type JobRun } from '../site.ts';
import { findSource, type Source } from '../source/source.repo.ts';
import type { Gathering } from './batch.ts';

/** A job whose listing is this process's, and where it is to be taken up. */
export interface Taken {
  job: JobRow;
  source: Source;
  driver: Driver;
  cursor: unknown;
  /** Records of the listing up to the cursor. */
  position: number;
  gathering: Gathering;
}

/** Makes the job this process's own, or finds that there is nothing to do. */
export function takeJob(site: HarvestSite, run: JobRun, jobId: string): Promise<Taken | undefined> {
  return site.db.transact(async (tx) => {
    await run.fence(tx);
    const job = await lockJob(tx, jobId);
    if (!job) {
      logOf(site.logger, 'harvesters').warn({ job: jobId }, 'Harvest job does not exist');
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
