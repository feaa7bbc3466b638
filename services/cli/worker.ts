import { Shutdown } from '@portolan/kernel';
import type { OpenSite } from '@portolan/site';
import { type GlobalOptions, withSite } from './session.ts';

/** What works at queues within a command. */
export interface CommandWorker {
  /** Resolves when there is nothing left to do, for one that is to end then. */
  done?: Promise<void>;
  close(): Promise<unknown>;
}

/**
 * Runs a worker until it is told to stop or is done, with exit code 0, or until it hears its queues no more, with 1: for
 * whoever watches over it to start another. It ends the process, since a queue's storage that is away leaves timers behind.
 */
export const runWorker = (
  options: GlobalOptions,
  start: (opened: OpenSite, onSilence: (error: Error) => void) => Promise<CommandWorker>,
): Promise<never> =>
  withSite(options, async (opened) => {
    const { logger, config } = opened.site;
    const shutdown = new Shutdown(logger);
    shutdown.onSignals();
    const fail = (error: Error) => {
      process.stderr.write(`${error.message}\n`);
      shutdown.fail(error);
    };
    const worker = await start(opened, fail);
    shutdown.add('jobs', config.harvestGrace * 1000 + 15_000, () => worker.close());
    shutdown.add('site', 5_000, () => opened.close());
    process.stderr.write('At work; Ctrl-C ends it\n');
    worker.done?.then(async () => process.exit((await shutdown.run()) ? 0 : 1)).catch(fail);
    return new Promise<never>(() => {});
  });
