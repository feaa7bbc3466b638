/** What a validator says instead of giving back a value. */
export class Verdict {
  readonly message: string | undefined;
  /** No validator of the chain runs after this one. */
  readonly ends: boolean;
  /** The field is taken out of the record. */
  readonly drops: boolean;

  constructor(options: { message?: string; ends?: boolean; drops?: boolean }) {
    this.message = options.message;
    this.ends = options.ends ?? false;
    this.drops = options.drops ?? false;
  }
}

/** The value is wrong. The chain goes on with it, so one field may gather several messages, as in CKAN. */
export const refuse = (message: string): Verdict => new Verdict({ message });

/** The value is wrong and nothing more is said about it. */
export const refuseAndStop = (message: string): Verdict => new Verdict({ message, ends: true });

/** The value stands as it is; the rest of the chain is left out. */
export const stop: Verdict = new Verdict({ ends: true });

/** The field counts as not sent; the rest of the chain is left out. */
export const drop: Verdict = new Verdict({ ends: true, drops: true });
