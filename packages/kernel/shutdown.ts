import type { Logger } from './log.ts';

export interface ShutdownStep {
  name: string;
  /** Milliseconds this step may take before it is given up and the next one starts. */
  deadline: number;
  run(): Promise<unknown> | unknown;
}

/** Ordered shutdown: steps run in the order they were added, each within its deadline. */
export class Shutdown {
  readonly #steps: ShutdownStep[] = [];
  readonly #logger: Logger;
  #running: Promise<boolean> | undefined;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(name: string, deadline: number, run: ShutdownStep['run']): void {
    this.#steps.push({ name, deadline, run });
  }

  /** Resolves to whether every step ended well; a second call waits for the first. */
  run(): Promise<boolean> {
    this.#running ??= this.#runSteps();
    return this.#running;
  }

  async #runSteps(): Promise<boolean> {
    let clean = true;
    for (const step of this.#steps) {
      const problem = await settle(step);
      if (problem !== undefined) {
        clean = false;
        this.#logger.error({ step: step.name, err: problem }, 'shutdown step failed');
      }
    }
    return clean;
  }

  /** Stops because this process can do its work no more: it ends with exit code 1, for whoever watches over it to start another. */
  fail(error: unknown): void {
    this.#logger.fatal({ err: error }, 'stopping');
    void this.run().then(() => process.exit(1));
  }

  /**
   * Stops on SIGTERM and SIGINT, and when a parent that spawned us with a channel has gone; a second signal ends
   * the process at once. One that comes within two seconds is the first, sent to a whole process group and passed
   * on by a parent as well.
   */
  onSignals(): void {
    let asked: number | undefined;
    const stop = (reason: string) => {
      if (asked !== undefined) {
        if (reason !== 'disconnect' && performance.now() - asked > 2000) process.exit(1);
        return;
      }
      asked = performance.now();
      this.#logger.info({ reason }, 'stopping');
      void this.run().then((clean) => process.exit(clean ? 0 : 1));
    };
    process.on('SIGTERM', () => stop('SIGTERM'));
    process.on('SIGINT', () => stop('SIGINT'));
    process.on('disconnect', () => stop('disconnect'));
  }
}

async function settle(step: ShutdownStep): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<unknown>((resolve) => {
    timer = setTimeout(() => resolve(new Error(`not done after ${step.deadline} ms`)), step.deadline);
  });
  try {
    return await Promise.race([Promise.resolve(step.run()).then(() => undefined), late]);
  } catch (error) {
    return error;
  } finally {
    clearTimeout(timer);
  }
}
