import type { Db } from '@portolan/db';
import type { Logger } from '@portolan/kernel';
import { openBackend, type QueueConfig } from './backend/open.ts';
import type { Job } from './job.ts';
import { listen } from './listen.ts';
import { startLoop } from './loop.ts';
import { type Pausable, startPausable } from './pausable.ts';
import { pruneJobs, releaseExpired, releaseInterval, remindInterval, remindQueue } from './reconcile.ts';
import { relayInterval, relayRound } from './relay.ts';

export interface RelayOptions {
  db: Db;
  config: QueueConfig;
  logger: Logger;
  /** Every job of the portal. */
  jobs: Job[];
}

const pruneInterval = 600_000;

/** Hands committed jobs to the queue and puts right what was lost. Any number of processes may do it. */
export function startRelay({ db, config, logger, jobs }: RelayOptions): Promise<Pausable> {
  const bundles = new Map(jobs.map((job) => [job.name, job.bundle]));
  return startPausable(async () => {
    const parts = { db, backend: openBackend(config, 0, logger), logger, bundles };
    const relay = startLoop({
      name: 'relay',
      logger,
      interval: relayInterval,
      round: () => relayRound(parts),
    });
    const releaser = startLoop({
      name: 'taking back leases',
      logger,
      interval: releaseInterval,
      async round() {
        if (await releaseExpired(db, logger)) relay.wake();
        return undefined;
      },
    });
    const reminder = startLoop({
      name: 'reminding the queue',
      logger,
      interval: remindInterval,
      async round() {
        await remindQueue(parts);
        return undefined;
      },
    });
    const pruner = startLoop({
      name: 'clearing old jobs',
      logger,
      interval: pruneInterval,
      async round() {
        await pruneJobs(db);
        return undefined;
      },
    });
    const listener = listen(db, 'portolan_job', relay.wake, logger);
    return {
      async stop() {
        await listener.close();
        await Promise.all([relay, releaser, reminder, pruner].map((loop) => loop.stop()));
        await parts.backend.close();
      },
    };
  });
}
