import type { Db } from '@portolan/db';
import { type Logger, type Runtime, systemRuntime } from '@portolan/kernel';
import type { QueueConfig } from './backend/open.ts';
import type { BoundHandler, Job } from './job.ts';
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
}

/**
 * Runs jobs. `pause` and `close` take no new ones, give those under way their `patience` to end by themselves,
 * then interrupt them: they go back uncounted.
 * @throws Error when a job has no handler or two, see `registerJobs`.
 */
export async function startWorker(options: WorkerOptions): Promise<Pausable> {
  const { db, config, logger, runtime = systemRuntime, name = `${process.pid}` } = options;
  const jobs = registerJobs(options.jobs, options.handlers);
  let shift: Shift | undefined;
  const running = await startPausable(async () => {
    shift = await startShift({ db, config, logger, runtime, jobs, worker: name });
    return shift;
  });
  const listener = listen(db, 'portolan_job_abort', () => shift?.wake(), logger);
  return {
    ...running,
    async close(closing) {
      await running.close(closing);
      await listener.close();
    },
  };
}
