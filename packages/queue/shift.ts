import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '@portolan/db';
import type { Logger, Runtime } from '@portolan/kernel';
import type { Message } from './backend/backend.ts';
import { openBackend, type QueueConfig } from './backend/open.ts';
import { Interrupted } from './errors.ts';
import { type Later, systemLater } from './later.ts';
import { createLeases } from './lease.ts';
import { type Claim, createLedger, type Ending, type Ledger } from './ledger.ts';
import { createJobLog } from './log.ts';
import { startLoop } from './loop.ts';
import type { Period } from './pausable.ts';
import type { Registered } from './register.ts';
import { runClaim } from './run.ts';

export interface ShiftOptions {
  db: Db;
  config: QueueConfig;
  logger: Logger;
  runtime: Pick<Runtime, 'id'>;
  jobs: Map<string, Registered>;
  /** Who is working, for operators. */
  worker: string;
  /** When patience is over. */
  later?: Later | undefined;
}

export interface Shift extends Period {
  /** Looks at once whether a job of ours is to be aborted. */
  wake(): void;
  /** Milliseconds for which one of the queues has not answered. */
  silence(): number;
}

/** Milliseconds; a third of it passes between renewals at most. */
const longestRenewal = 60_000;
/** How often, and after how many milliseconds more each time, the end of a job is told to a database in trouble. */
const tellings = 6;
const tellingPause = 100;

/** One period of work: takes messages, claims rows, runs handlers, until it is stopped. */
export async function startShift(options: ShiftOptions): Promise<Shift> {
  const { db, config, logger, runtime, jobs, worker, later = systemLater } = options;
  const queues = Map.groupBy(jobs.values(), ({ job }) => job.queue);
  const backend = openBackend(config, queues.size, logger);
  const ledger = createLedger(db, worker);
  const leases = createLeases(db);
  const stopping = new AbortController();
  const bench = { ledger, leases, log: createJobLog(db, logger), logger, runtime, stopping: stopping.signal };
  const shortest = Math.min(longestRenewal, ...[...jobs.values()].map(({ job }) => job.lease));
  const renewal = startLoop({
    name: 'renewing leases',
    logger,
    interval: shortest / 3,
    async round() {
      await leases.renew();
      return undefined;
    },
  });
  const endings = new Set<Promise<void>>();

  async function deal({ name, ids }: Pick<Message, 'name' | 'ids'>): Promise<void> {
    const registered = jobs.get(name);
    if (!registered) throw new Error(`there is no job ${name} here`);
    for (const [index, id] of ids.entries()) {
      if (stopping.signal.aborted) return await ledger.giveBack(ids.slice(index));
      const claim = await ledger.claim(id, runtime.id(), registered.job.lease);
      if (!claim) continue;
      const ending = await runClaim(bench, registered, claim);
      // The slot need not wait until it is written down: should that fail, the lease runs out.
      const told: Promise<void> = tellEnd(ledger, claim, ending, logger).finally(() => endings.delete(told));
      endings.add(told);
    }
  }

  const consumers = await Promise.all(
    [...queues].map(([queue, members]) =>
      backend.consume(queue, { concurrency: members[0]!.job.concurrency, run: deal }),
    ),
  );

  return {
    wake: renewal.wake,
    silence: () => Math.max(...consumers.map((consumer) => consumer.silence())),
    async stop(patience) {
      stopping.abort(new Interrupted());
      const idle = Promise.all(consumers.map((consumer) => consumer.close()));
      const callOff = later(patience, () => leases.interrupt(new Interrupted()));
      await idle;
      callOff();
      await renewal.stop();
      while (endings.size > 0) await Promise.all(endings);
      await ledger.drain();
      await bench.log.drain();
      await backend.close();
    },
  };
}

async function tellEnd(
  ledger: Ledger,
  claim: Claim,
  ending: Ending | undefined,
  logger: Logger,
): Promise<void> {
  const { id, name, key } = claim;
  let problem: unknown;
  for (let telling = 1; ending && telling <= tellings; telling++) {
    try {
      if (await ledger.end(claim, ending)) {
        if (ending.state === 'retried' || ending.state === 'released') await ledger.hint();
        return;
      }
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    // Somebody holds the row for a moment, or the database is away for one.
    await delay(tellingPause * telling);
  }
  logger.warn({ err: problem, job: id, name, key }, 'a job ended without its lease; its end was not written');
}
