/** What the thread is asked for: everything in it can be copied from one thread to another. */
export interface Call {
  /** URL of a module. */
  module: string;
  /** One of its functions. */
  name: string;
  args: readonly unknown[];
}

/** What came of it. `used`: seconds of a processor that the thread has had in its life. */
export type Reply = { result: unknown; used: number } | { failure: string; used: number };
