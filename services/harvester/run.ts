import { harvestHandlers, harvestJobs, harvestSite, siteFetcher } from '@portolan/harvest';
import { startWorker, type WorkerOptions } from '@portolan/queue/storage';
import type { OpenSite } from '@portolan/site';
import { startScheduler } from './scheduler.ts';

export { harvestSite, siteFetcher } from '@portolan/harvest';

/** Every queue job of the harvester, for the relay. */
export const harvestQueueJobs = [...harvestJobs];

export interface HarvesterOptions {
  /** The worker hears its queues no more: the process should end. */
  onSilence(error: Error): void;
  /** Milliseconds that a record which is being imported is given to end; else the configured ones. */
  grace?: number;
  /** When that is over; the default is the system's clock. */
  later?: WorkerOptions['later'];
}

/** Runs any of `harvester` (gathers and imports) and `scheduler` (starts what is due). Obeys the read-only gate. */
export async function runHarvester(
  opened: OpenSite,
  services: readonly string[],
  options: HarvesterOptions,
): Promise<{ close(): Promise<void> }> {
  const running: { close(): Promise<unknown> }[] = [];
  if (services.includes('harvester')) running.push(await startHarvestWorker(opened, options));
  if (services.includes('scheduler')) running.push(startScheduler(opened));
  return {
    async close() {
      for (const one of running.reverse()) await one.close();
    },
  };
}

async function startHarvestWorker(
  { site, onGate }: OpenSite,
  { onSilence, grace, later }: HarvesterOptions,
): Promise<{ close(): Promise<unknown> }> {
  const fetcher = siteFetcher(site);
  const worker = await startWorker({
    db: site.db,
    config: site.config,
    logger: site.logger,
    jobs: harvestQueueJobs,
    handlers: harvestHandlers(harvestSite(site, fetcher)),
    onSilence,
    later,
  });
  onGate((closed) => (closed ? worker.pause() : worker.resume()));
  return {
    async close() {
      await worker.close({ patience: grace ?? site.config.harvestGrace * 1000 });
      await fetcher.close();
    },
  };
}
