import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@portolan/kernel';
import {
  type BackendFactory,
  Queue,
  type QueueOptions,
  type RedisQueueBackend,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import { createLife, type Life } from '../life.ts';
import { within } from '../within.ts';
import type { Backend, ConsumeOptions, Consumer, Message } from './backend.ts';

/** BullMQ's classes are typed for Redis unless every one of their parameters is written out. */
export type Factory = BackendFactory<RedisQueueBackend>;

/** How BullMQ reaches its storage. */
export interface Storage {
  /** For those who hand out: it fails soon, and the relay tries again. */
  producers: unknown;
  /** For those who wait for messages, however long their storage is away. */
  consumers: () => unknown;
  factory: Factory;
  prefix?: string;
  /** Ends every connection, also those that do not answer. */
  close(): Promise<void>;
}

/** Milliseconds the storage has to answer, or to part when it is asked to. */
const patience = 4000;

/** A handful goes faster one by one: a bulk makes temporary tables on PostgreSQL. */
const few = 2;
const bulk = 500;

const settings = {
  // A worker that was killed between taking a message and claiming its row is noticed within 25 s.
  lockDuration: 15_000,
  stalledInterval: 5_000,
  // Attempts are counted in the job table; here a message shall only not be given up too soon.
  maxStalledCount: 5,
  // Seconds between looks at the queue when no notification comes.
  drainDelay: 5,
  // Milliseconds until it tries again when the storage is away.
  runRetryDelay: 1000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
} satisfies Partial<WorkerOptions>;

const jobOptions = { removeOnComplete: true, removeOnFail: true };

/** BullMQ as carrier of hints, on whichever storage. */
export function bullmqBackend(storage: Storage, logger: Logger): Backend {
  const { factory } = storage;
  const prefix = storage.prefix === undefined ? {} : { prefix: storage.prefix };
  const queues = new Map<string, Queue>();

  function queueOf(name: string): Queue {
    let queue = queues.get(name);
    if (!queue) {
      // The queue's own description is of no use to us, and would be a write at an unexpected time.
      queue = new Queue(
        name,
        { ...prefix, connection: storage.producers, skipMetasUpdate: true } as QueueOptions,
        factory,
      );
      queue.on('error', (error) =>
        logger.warn({ err: error, queue: name }, 'the queue’s storage has a problem'),
      );
      queues.set(name, queue);
    }
    return queue;
  }

  return {
    add: (name, messages) => within(add(queueOf(name), messages), patience, `queue ${name} does not answer`),
    waiting: (name) => within(queueOf(name).getWaitingCount(), patience, `queue ${name} does not answer`),
    consume,
    async close() {
      await Promise.all([...queues.values()].map((queue) => part(queue)));
      await storage.close();
    },
  };

  /** Closes properly; when the storage does not answer, closing the storage will hang up. */
  async function part(end: Queue | Worker): Promise<void> {
    try {
      await within(end.close(), patience, 'the queue’s storage does not answer');
    } catch (error) {
      logger.warn({ err: error, queue: end.name }, 'a connection to the queue has to be cut');
    }
  }

  async function add(queue: Queue, messages: Message[]): Promise<void> {
    const jobs = messages.map((message) => ({
      name: message.name,
      data: { ids: message.ids },
      opts: { ...jobOptions, jobId: message.id },
    }));
    if (jobs.length <= few) {
      await Promise.all(jobs.map((job) => queue.add(job.name, job.data, job.opts)));
      return;
    }
    for (let start = 0; start < jobs.length; start += bulk)
      await queue.addBulk(jobs.slice(start, start + bulk));
  }

  async function consume(name: string, { concurrency, run }: ConsumeOptions): Promise<Consumer> {
    const running = new Set<Promise<void>>();
    const life = createLife(concurrency);
    const worker = new Worker<Pick<Message, 'ids'>>(
      name,
      async (message) => {
        const one = run({ name: message.name, ids: message.data.ids }).finally(() => running.delete(one));
        running.add(one);
        life.began();
        await one.finally(life.ended);
      },
      { ...prefix, connection: storage.consumers(), ...settings, concurrency } as WorkerOptions,
      noting(factory, life),
    );
    worker.on('error', (error) =>
      logger.warn({ err: error, queue: name }, 'the queue’s storage has a problem'),
    );
    worker.on('failed', (message, error) =>
      logger.warn({ err: error, queue: name, message: message?.id }, 'a message could not be dealt with'),
    );
    // Tables that are missing are an error at the start; a storage that is away is waited for.
    const ready = worker.waitUntilReady();
    await Promise.race([ready, delay(patience, undefined, { ref: false })]);
    return {
      silence: life.silence,
      async close() {
        // From here on the worker takes nothing more, but closes only when the last message is dealt with.
        void worker.close();
        while (running.size > 0) await Promise.allSettled(running);
        await part(worker);
      },
    };
  }
}

/** The same storage; whatever it answers to a worker that asks for work is a sign of life. */
const noting = (factory: Factory, life: Life): Factory => {
  const made = (...given: Parameters<Factory>): ReturnType<Factory> => {
    const backend = factory(...given);
    for (const asking of ['waitForJob', 'moveToActive'] as const) {
      const ask = backend[asking].bind(backend) as (...args: unknown[]) => Promise<unknown>;
      Object.assign(backend, {
        async [asking](...args: unknown[]) {
          const answer = await ask(...args);
          life.heard();
          return answer;
        },
      });
    }
    return backend;
  };
  return made;
};
