import { ConfigError } from './config/problem.ts';
import type { Logger } from './log.ts';

/** The channel to the process that started this one, when there is one. */
export interface Parent {
  /** Tells that this process does its work now. */
  ready(details?: Record<string, unknown>): void;
}

export const parent: Parent = {
  ready(details = {}) {
    process.send?.({ ready: true, ...details });
  },
};

/** Ends the process for an error of its start: a configuration to be fixed in words, anything else as it is. */
export function failStart(error: unknown, logger?: Logger): never {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else if (logger) logger.fatal({ err: error }, 'start failed');
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

/** The environment of this process: the only place outside the configuration that reads it. */
export const environment = (): Record<string, string | undefined> => process.env;
