import type { Logger, Runtime } from '@portolan/kernel';
import { DeadlineExceeded, Interrupted, JobAborted, LeaseLost, PermanentFailure } from './errors.ts';
import type { JobContext } from './job.ts';
import type { Leases } from './lease.ts';
import type { Claim, Ending, Ledger } from './ledger.ts';
import type { JobLog } from './log.ts';
import type { Registered } from './register.ts';

export interface Bench {
  ledger: Ledger;
  leases: Leases;
  log: JobLog;
  logger: Logger;
  runtime: Pick<Runtime, 'id'>;
  /** Aborted when the worker stops. */
  stopping: AbortSignal;
}

/** Milliseconds a handler has to return after its signal; then it is left behind, fenced off. */
const grace = 2000;

/**
 * The lock keeps everybody else off, so a process that stands still must not hold it for long: from here to the end of
 * the transaction its session is ended when it says nothing for as long as the lease.
 */
const fence = `
  SELECT set_config('idle_in_transaction_session_timeout', $3, true) FROM portolan.job
  WHERE id = $1 AND lease_token = $2 FOR SHARE`;

/** Milliseconds; nobody is cut off for less, however short the lease. */
const shortestSilence = 15_000;

/** Runs a claimed job and says how it ended; undefined when that is no longer ours to say. */
export async function runClaim(
  bench: Bench,
  { job, run }: Registered,
  claim: Claim,
): Promise<Ending | undefined> {
  const controller = new AbortController();
  const { signal } = controller;
  const ctx: JobContext = {
    id: claim.id,
    attempt: claim.attempt,
    signal,
    stopping: bench.stopping,
    async fence(tx) {
      signal.throwIfAborted();
      const rows = await tx.prepared('queue_fence', fence, [
        claim.id,
        claim.token,
        String(Math.max(job.lease, shortestSilence)),
      ]);
      if (rows.length > 0) return;
      const lost = new LeaseLost(claim.id);
      controller.abort(lost);
      throw lost;
    },
    log: (level, message, data) => bench.log.write({ jobId: claim.id, level, message, data }),
  };
  bench.leases.hold(claim, job.lease, controller);
  const deadline = setTimeout(() => controller.abort(new DeadlineExceeded(job.timeout)), job.timeout);
  try {
    await orLeftBehind(run(ctx, claim.key), signal);
    return { state: 'done' };
  } catch (error) {
    const ending = endingOf(error, { ...bench, signal }, job.backoff, claim);
    if (ending && 'error' in ending) await tell(bench, claim, error, ending);
    return ending;
  } finally {
    clearTimeout(deadline);
    bench.leases.release(claim);
  }
}

function endingOf(
  error: unknown,
  { signal: { aborted, reason }, stopping }: { signal: AbortSignal; stopping: AbortSignal },
  backoff: (attempt: number) => number,
  { attempt, maxAttempts }: Claim,
): Ending | undefined {
  if (error instanceof LeaseLost || (aborted && reason instanceof LeaseLost)) return undefined;
  if (aborted && reason instanceof Interrupted) return { state: 'released' };
  if (aborted && reason instanceof JobAborted) return { state: 'cancelled', error: reason.message };
  // What a handler throws once its time is over only says that it stopped.
  const cause = aborted ? reason : error;
  const message = cause instanceof Error ? cause.message : String(cause);
  // A handler that gives up while its worker stops is not to blame, whatever it met on the way out.
  if (stopping.aborted && !aborted && !(error instanceof PermanentFailure)) return { state: 'released' };
  if (error instanceof PermanentFailure || attempt >= maxAttempts) return { state: 'failed', error: message };
  return { state: 'retried', error: message, delay: backoff(attempt) };
}

async function tell(
  { log, logger }: Bench,
  claim: Claim,
  error: unknown,
  ending: Ending & { error: string },
) {
  const { id, name, key, attempt } = claim;
  logger.warn({ err: error, job: id, name, key, attempt, state: ending.state }, 'a job did not succeed');
  const level = ending.state === 'cancelled' ? 'info' : 'error';
  const stack = error instanceof Error ? error.stack : undefined;
  await log.write({ jobId: id, level, message: ending.error, data: { attempt, state: ending.state, stack } });
}

/** Waits for the handler; once its signal is aborted, not for ever. */
function orLeftBehind(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => {
      timer = setTimeout(() => reject(signal.reason), grace);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    });
  });
}
