import { FetchError, type Fetcher } from '@portolan/fetcher';
import { timestamp } from '@portolan/kernel';
import { logOf } from '../log/parts.ts';
import type { HarvestSite } from '../site.ts';
import { deterministicId } from '../text/deterministic_id.ts';
import { closeRecords, endJob } from './finish.ts';
import { addGatherError, lockJob } from './job.repo.ts';

/** Milliseconds for which a job leaves a remote alone that has stopped answering. */
const rest = 15 * 60_000;
const mostRests = 4;

/** The remote has stopped answering: the job stops here, and goes on later. */
export class RemoteSilent extends Error {
  readonly failures: number;
  constructor(cause: FetchError) {
    super(cause.message, { cause });
    this.failures = cause.failures ?? 0;
  }
}

/** The same fetcher; `stop` is called when it finds a host that has stopped answering, and what `stop` was given is thrown. */
export function stoppedBySilence(fetcher: Fetcher, stop: (reason: RemoteSilent) => void): Fetcher {
  const attended = async <Result>(answer: Promise<Result>): Promise<Result> => {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof FetchError) || error.kind !== 'circuit') throw error;
      const silent = new RemoteSilent(error);
      stop(silent);
      throw silent;
    }
  };
  return {
    fetch: (url, options) => attended(fetcher.fetch(url, options)),
    read: (url, options) => attended(fetcher.read(url, options)),
    close: () => fetcher.close(),
  };
}

/** Lets a job wait for its remote, a few times; then it ends, and says why. Its timeout does not count meanwhile. */
export async function restJob(
  site: Pick<HarvestSite, 'db' | 'runtime' | 'enqueue' | 'logger'>,
  jobId: string,
  { failures }: RemoteSilent,
): Promise<void> {
  await site.db.transact(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.status !== 'Running') return;
    const now = site.runtime.now();
    const [state] = await tx.rows<{ rests: number; resting: boolean }>(
      `SELECT rests, resting_until IS NOT NULL AND resting_until > $2 AS resting FROM portolan.harvest_job_state WHERE job_id = $1`,
      [jobId, timestamp(now)],
    );
    if (!state || state.resting) return; // Another run of the job has met the same silence.
    if (state.rests < mostRests) {
      await tx.rows(
        `UPDATE portolan.harvest_job_state SET resting_until = $2, resumed = $2, rests = rests + 1 WHERE job_id = $1`,
        [jobId, timestamp(now + rest)],
      );
      logOf(site.logger, 'queue').warn(
        { job: jobId, failures, rests: state.rests + 1 },
        'a remote is silent; its job rests',
      );
      return;
    }
    const at = timestamp(now);
    await addGatherError(tx, {
      id: deterministicId(jobId, 'silent remote'),
      jobId,
      message: `Remote server is not responding; stopped after ${failures} failures`,
      created: at,
    });
    await tx.rows(
      `UPDATE portolan.harvest_job_state SET gather_token = NULL, cancel_requested = $2 WHERE job_id = $1`,
      [jobId, at],
    );
    await closeRecords(tx, jobId, 'errored');
    await endJob(tx, site, jobId, at);
  });
}
