import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Logger, systemRuntime } from '@portolan/kernel';

export interface Service {
  name: string;
  /** Resolves at the first sign of work; rejects when it cannot start. */
  ready: Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

const quickDeath = 5_000;

/** Runs a service's process and starts it again when it ends by itself; stops it within `deadline` milliseconds. */
export function runService(name: string, script: string, env: NodeJS.ProcessEnv, logger: Logger): Service {
  let child: ChildProcess | undefined;
  let stopping = false;
  let announce: (details: Record<string, unknown>) => void = () => {};
  let giveUp: (error: Error) => void = () => {};
  const ready = new Promise<Record<string, unknown>>((resolve, reject) => {
    announce = resolve;
    giveUp = reject;
  });
  let wasReady = false;

  const running = (async () => {
    for (let failures = 0; !stopping; ) {
      const began = systemRuntime.now();
      const code = await once();
      if (stopping) return;
      if (!wasReady) {
        giveUp(new Error(`${name} could not start (exit code ${code})`));
        return;
      }
      failures = systemRuntime.now() - began < quickDeath ? failures + 1 : 0;
      logger.error({ ended: name, code, failures }, 'a service ended, it is started again');
      await sleep(Math.min(100 * 2 ** failures, 10_000));
    }
  })();

  async function once(): Promise<number | string | null> {
    const started = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL(script, import.meta.url))],
      {
        env,
        // A group of its own: Ctrl-C reaches the services through us, in order.
        detached: true,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    child = started;
    started.on('message', (message) => {
      wasReady = true;
      announce(message as Record<string, unknown>);
    });
    return new Promise((resolve) => started.once('exit', (code, signal) => resolve(code ?? signal)));
  }

  return {
    name,
    ready,
    async stop() {
      stopping = true;
      child?.kill('SIGTERM');
      const stuck = setTimeout(() => child?.kill('SIGKILL'), 20_000);
      await running;
      clearTimeout(stuck);
    },
  };
}
