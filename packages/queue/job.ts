import type { Tx } from '@portolan/db';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What a handler is given beside the key. */
export interface JobContext {
  readonly id: number;
  /** From 1. */
  readonly attempt: number;
  /** Aborted when the job is aborted, takes too long, loses its lease, or the worker stops. */
  readonly signal: AbortSignal;
  /**
   * Aborted when the worker stops or pauses, its patience before `signal`: a handler of many pieces ends after the one
   * that it is at, and asks for the others again.
   */
  readonly stopping: AbortSignal;
  /**
   * Called first in every transaction of the handler: makes sure that the job is still this worker's, until
   * the transaction ends.
   * @throws LeaseLost
   */
  fence(tx: Tx): Promise<void>;
  /** Adds a line to the job's log. Await it: that is what keeps a talkative handler from filling the memory. */
  log(level: LogLevel, message: string, data?: unknown): Promise<void>;
}

/** Everything it does to the outside is repeatable and fenced: after a crash it runs again. */
export type Handler = (ctx: JobContext, key: string) => Promise<void>;

export interface JobSpec {
  name: string;
  queue: string;
  /** Handlers at once in one process, over all jobs of the queue; hence equal for all of them. */
  concurrency: number;
  /** Milliseconds one run may take. */
  timeout: number;
  maxAttempts: number;
  /** Milliseconds without a sign of life after which another worker takes over. */
  lease?: number;
  /** Milliseconds before the next attempt; `attempt` is the one that failed, from 1. */
  backoff?: (attempt: number) => number;
  /**
   * Most rows one queue message stands for while there is a backlog. Only for jobs of milliseconds: the rows of
   * one message are run one after the other by one worker.
   */
  bundle?: number;
  /** Where the job is declared apart from its handler, the handler is bound by `handle`. */
  run?: Handler;
}

export type Job = Readonly<Required<Omit<JobSpec, 'run'>> & Pick<JobSpec, 'run'>>;

export interface BoundHandler {
  job: Job;
  run: Handler;
}

const second = 1000;

/** 1 s, 2 s, 4 s … to ten minutes. */
export const doubling = (attempt: number) => Math.min(second * 2 ** (attempt - 1), 600 * second);

/** Declares a job: the one place that says what it is called, where it runs and what it may cost. */
export function defineJob(spec: JobSpec): Job {
  return { lease: 15 * second, backoff: doubling, bundle: 1, ...spec };
}

/** Binds a handler to a job that was declared without one. */
export const handle = (job: Job, run: Handler): BoundHandler => ({ job, run });
