import type { Granted, TimeLeft } from './turn.repo.ts';

/** The time in which a process alone starts requests to a host. Times are milliseconds by the clock that it is given. */
export interface StartWindow {
  /** Takes over what the database has granted: `span` milliseconds, which are used for `hold` at most. */
  grant(granted: Granted, span: number, hold: number): void;
  /** When the next request may start; undefined when the database has to be asked first. */
  nextStart(interval: number): number | undefined;
  /** A request starts then. */
  started(start: number, interval: number): void;
  /** What is left of it. */
  left(): TimeLeft;
  /** No request starts in it any more. */
  stop(): void;
  /** Whether it was stopped. */
  stopped(): boolean;
  /** It was given back. */
  forget(): void;
}

export function startWindow(now: () => number): StartWindow {
  let next = 0;
  let end = 0;
  let endAsTold: string | undefined;
  let usedUntil = 0;
  return {
    grant(granted, span, hold) {
      const start = now() + granted.wait;
      next = Math.max(next, start);
      end = start + span;
      endAsTold = granted.end;
      usedUntil = now() + hold;
    },
    nextStart(interval) {
      const start = Math.max(now(), next);
      return now() < usedUntil && (interval === 0 || start + interval <= end) ? start : undefined;
    },
    started(start, interval) {
      next = start + interval;
    },
    left: () => ({ milliseconds: Math.max(0, end - Math.max(next, now())), end: endAsTold }),
    stop() {
      usedUntil = 0;
    },
    stopped: () => usedUntil === 0,
    forget() {
      end = 0;
      endAsTold = undefined;
    },
  };
}
