import type { Logger } from '@portolan/kernel';

export interface Loop {
  /** Runs again at once, or right after the round under way. */
  wake(): void;
  /** Resolves when no round runs any more. */
  stop(): Promise<void>;
}

interface LoopOptions {
  name: string;
  logger: Logger;
  /** Milliseconds between rounds, unless a round says otherwise. */
  interval: number;
  /** Milliseconds until the next round; without an answer the interval. */
  round(): Promise<number | undefined>;
}

/** Runs rounds one after the other until it is stopped. A failed round is logged and the next one comes in time. */
export function startLoop({ name, logger, interval, round }: LoopOptions): Loop {
  let stopped = false;
  let woken = false;
  let wake = () => {};

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false;
      let pause = interval;
      try {
        pause = Math.min((await round()) ?? interval, interval);
      } catch (error) {
        logger.warn({ err: error }, `${name}: a round failed and is tried again`);
      }
      if (woken || stopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  const running = run();
  return {
    wake() {
      woken = true;
      wake();
    },
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}
