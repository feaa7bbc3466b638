import { Worker } from 'node:worker_threads';
import type { Call, Reply } from './messages.ts';

/** What a call may take. */
export interface Limits {
  /** Seconds of a processor. */
  seconds: number;
  /** What is read, for the error's sake: `Record X`. */
  what: string;
}

/** A document takes more than it may. */
export class TooMuchWork extends Error {}

interface Work {
  limits: Limits;
  call: Call;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** The thread, and how long it had worked before what it is at now. */
interface Running {
  worker: Worker;
  used: number;
  work?: Work;
  timer?: NodeJS.Timeout | undefined;
}

/** Megabytes of what a call may keep in memory: with all else that its process holds it is to stay below a gigabyte. */
const memory = 640;

const waiting: Work[] = [];
let running: Running | undefined;

/**
 * A function of a module as it is called for documents of others' making: in a thread, the same for all documents of
 * the process, which is ended when one of them takes longer than it may. Nothing else can stop a schema or an XPath that
 * goes on for hours. Arguments and result are copied; an error keeps its message alone.
 * @param module URL of the module that exports it
 */
export const limited =
  <Args extends unknown[], Result>(module: string, work: (...args: Args) => Result) =>
  (limits: Limits, ...args: Args): Promise<Awaited<Result>> =>
    new Promise((resolve, reject) => {
      const call = { module, name: work.name, args };
      waiting.push({ limits, call, resolve: resolve as (result: unknown) => void, reject });
      next();
    });

function next(): void {
  if (running?.work) return;
  const work = waiting.shift();
  if (!work) {
    running?.worker.unref(); // A process that has nothing else to do may end.
    return;
  }
  running ??= start();
  const one = running;
  one.work = work;
  one.worker.ref();
  one.timer = setTimeout(() => void look(one, work), work.limits.seconds * 1000);
  one.worker.postMessage(work.call);
}

function start(): Running {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  const one: Running = { worker, used: 0 };
  worker.on('message', (reply: Reply) => {
    const { work } = one;
    release(one);
    one.used = reply.used;
    if ('failure' in reply) work?.reject(new Error(reply.failure));
    else work?.resolve(reply.result);
    next();
  });
  worker.on('error', (error) => lose(one, failureOf(error, one.work)));
  worker.on('exit', () => lose(one, new Error('The thread that reads documents has ended')));
  return one;
}

/** By the processor's time: a busy machine does not make a document hostile. */
async function look(one: Running, work: Work): Promise<void> {
  // One that is only starting tells nothing yet, and one that has ended never again: its exit gives up the work.
  const usage = await one.worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  if (one.work !== work) return;
  const { seconds, what } = work.limits;
  const left = seconds - ((usage.user + usage.system) / 1e6 - one.used);
  if (left > 0) {
    one.timer = setTimeout(() => void look(one, work), Math.max(left * 1000, 50));
    return;
  }
  lose(
    one,
    new TooMuchWork(
      `${what} takes more than ${seconds} s of a processor to read (portolan.harvest.max_document_s)`,
    ),
  );
}

/** Ends the thread; the next document gets another. */
function lose(one: Running, error: Error): void {
  const { work } = one;
  release(one);
  if (running === one) running = undefined;
  void one.worker.terminate();
  work?.reject(error);
  next();
}

function release(one: Running): void {
  clearTimeout(one.timer);
  delete one.work;
}

const failureOf = (error: Error & { code?: string }, work: Work | undefined): Error =>
  error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new TooMuchWork(`${work?.limits.what} takes more than ${memory} MB of memory to read`)
    : error;
