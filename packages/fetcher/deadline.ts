import { FetchError } from './errors.ts';

/** The caller's signal and a time limit in one; the clock runs from `start` to `stop`. */
export interface Deadline {
  signal: AbortSignal;
  start(): void;
  stop(): void;
}

/** Aborts with a FetchError `timeout`, or with the caller's own reason. */
export function createDeadline(milliseconds: number, caller: AbortSignal | undefined, url: string): Deadline {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  return {
    signal: caller ? AbortSignal.any([caller, late.signal]) : late.signal,
    start() {
      timer ??= setTimeout(
        () => late.abort(new FetchError('timeout', `not done after ${milliseconds} ms`, { url })),
        milliseconds,
      );
    },
    stop: () => clearTimeout(timer),
  };
}
