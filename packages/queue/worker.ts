import type { Db } from '@portolan/db';
import { type Logger, type Runtime, systemRuntime } from '@portolan/kernel';
import type { QueueConfig } from './backend/open.ts';
import type { BoundHandler, Job } from './job.ts';
import type { Later } from './later.ts';
import { listen } from './listen.ts';
import { type Pausable, startPausable } from './pausable.ts';
import { registerJobs } from './register.ts';
import { type Shift, startShift } from './shift.ts';

export interface WorkerOptions {
  db: Db;
  config: QueueConfig;
  logger: Logger;
  runtime?: Pick<Runtime, 'id'>;
  /** Every job of the queues that this worker serves. */
  jobs: Job[];
  /** For the jobs declared without one. */
  handlers?: BoundHandler[];
  /** Who is working, for operators. */
  name?: string;
  /**
   * Called once when a queue has not answered for `silence` milliseconds (a minute) though it should have been asked:
   * the connection is dead, or the storage away. The worker does nothing any more; its process should end.
   */
  onSilence?(error: Error): void;
  silence?: number;
  /** When patience is over; the default is the system's clock. */
  later?: Later | undefined;
}

const longestSilence = 60_000;

/**
 * Runs jobs. `pause` and `close` take no new ones, give those under way their `patience` to end by themselves,
 * then interrupt them: they go back uncounted.
 * @throws Error when a job has no handler or two, see `registerJobs`.
 */
export async function startWorker(options: WorkerOptions): Promise<Pausable> {
  const { db, config, logger, runtime = systemRuntime, name = `${process.pid}`, later } = options;
  const jobs = registerJobs(options.jobs, options.handlers);
  let shift: Shift | undefined;
  const running = await startPausable(async () => {
    const opened = await startShift({ db, config, logger, runtime, jobs, worker: name, later });
    shift = opened;
    return {
      async stop(patience) {
        // While it is paused nothing is asked of any queue.
        shift = undefined;
        await opened.stop(patience);
      },
    };
  });
  const watch = watchSilence(options, () => shift?.silence() ?? 0);
  const listener = listen(db, 'portolan_job_abort', () => shift?.wake(), logger);
  return {
    ...running,
    async close(closing) {
      clearInterval(watch);
      await running.close(closing);
      await listener.close();
    },
  };
}

/** Two looks in a row have to find it: after a pause of the whole process the first comes before any answer can. */
function watchSilence(
  { onSilence, silence = longestSilence }: WorkerOptions,
  silent: () => number,
): NodeJS.Timeout | undefined {
  if (!onSilence) return undefined;
  let suspected = false;
  let told = false;
  const timer = setInterval(() => {
    const found = silent() > silence;
    if (found && suspected && !told) {
      told = true;
      onSilence(new Error(`A queue has not answered for ${Math.round(silent() / 1000)} seconds`));
    }
    suspected = found;
  }, silence / 6);
  return timer.unref();
}
