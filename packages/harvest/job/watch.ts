import { timestamp } from '@portolan/kernel';
import { logOf } from '../log/parts.ts';
import type { HarvestSite, JobRun } from '../site.ts';
import { jobStanding } from './standing.ts';

/** Milliseconds between two looks at the job; an abort takes effect within one. */
const interval = 5000;
/** Signs of life until anybody takes the work for dead: one or two may be late. */
const lifeSigns = 3;

/** Why work on a job stops early. */
export class JobCancelled extends Error {}

export interface JobWatch {
  signal: AbortSignal;
  /** Stops the work for a reason of its own. */
  cancel(reason: Error): void;
  /** Life has been shown by other means: the next sign may wait. */
  shown(): void;
  stop(): Promise<void>;
}

/**
 * Shows life while a process works on a job, and aborts `signal` when the job is over or paused by other hands,
 * in its source's quiet hours, or when the process stops. Claims of `claimant` are kept alive with it.
 */
export function watchJob(site: HarvestSite, run: JobRun, jobId: string, claimant?: string): JobWatch {
  const cancelled = new AbortController();
  let beating: Promise<void> = Promise.resolve();
  let shown = site.runtime.now();
  const beat = async () => {
    const at = site.runtime.now();
    const standing = await jobStanding(site.db, jobId, at);
    if (standing !== 'working') {
      cancelled.abort(new JobCancelled(`harvest job ${jobId} is ${standing}`));
      return;
    }
    if (at - shown < (site.config.harvestStalledAfter * 1000) / lifeSigns) return;
    const now = timestamp(at);
    if (claimant === undefined)
      await site.db.rows(`UPDATE portolan.harvest_job_state SET heartbeat = $2 WHERE job_id = $1`, [
        jobId,
        now,
      ]);
    else
      await site.db.rows(
        `UPDATE portolan.harvest_work SET heartbeat = $3 WHERE job_id = $1 AND claimed_by = $2`,
        [jobId, claimant, now],
      );
    shown = at;
  };
  const timer = setInterval(() => {
    beating = beat().catch((error) =>
      logOf(site.logger, 'queue').warn({ job: jobId, err: error }, 'no sign of life could be given'),
    );
  }, interval);
  return {
    signal: AbortSignal.any([run.signal, cancelled.signal]),
    cancel: (reason) => cancelled.abort(reason),
    shown() {
      shown = site.runtime.now();
    },
    async stop() {
      clearInterval(timer);
      await beating;
    },
  };
}
