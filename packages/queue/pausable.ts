/** Something that runs in periods: it can be stopped and begun again. */
export interface Period {
  /** `patience`: milliseconds that work under way is given before it is interrupted. */
  stop(patience: number): Promise<void>;
}

export interface Pausable {
  /** Finishes or interrupts what runs; once it returns nothing is written any more until `resume`. */
  pause(options?: { patience?: number }): Promise<void>;
  resume(): Promise<void>;
  /** Like `pause`, for good. */
  close(options?: { patience?: number }): Promise<void>;
}

/** With a handler's time to obey its signal it stays below the five seconds that closing the gate may take. */
const defaultPatience = 2000;

/** One change at a time, in the order they were asked for. */
export async function startPausable(open: () => Promise<Period>): Promise<Pausable> {
  let period: Period | undefined = await open();
  let closed = false;
  let last: Promise<void> = Promise.resolve();

  function change(work: () => Promise<void>): Promise<void> {
    const next = last.then(work);
    // Whoever asked is told of a failure; the next change starts from wherever that left us.
    last = next.catch(() => undefined);
    return next;
  }

  const stop = (patience = defaultPatience) =>
    change(async () => {
      const ending = period;
      period = undefined;
      await ending?.stop(patience);
    });

  return {
    pause: ({ patience } = {}) => stop(patience),
    resume: () =>
      change(async () => {
        if (!closed) period ??= await open();
      }),
    close({ patience } = {}) {
      closed = true;
      return stop(patience);
    },
  };
}
