import { catalogueHandlers, catalogueJobs, runRelay } from '@portolan/catalogue';
import { startRelay, startWorker } from '@portolan/queue/storage';
import { harvestQueueJobs, runHarvester } from '@portolan/service-harvester';
import type { OpenSite } from '@portolan/site';
import { startMirror } from './mirror.ts';
import { startReconciler } from './reconciler.ts';
import { startSequencer } from './sequencer.ts';
import { startSweep } from './sweep.ts';

/** Milliseconds that a harvested record has to end when the whole portal stops: somebody sits before it and waits. */
const sharedGrace = 5000;

export interface Background {
  close(): Promise<void>;
}

/**
 * What runs beside the API: any of `relay`, `worker`, `harvester`, `scheduler`. Obeys the read-only gate.
 * @param onSilence a worker hears its queues no more: the process should end
 */
export async function runBackground(
  opened: OpenSite,
  services: readonly string[],
  onSilence: (error: Error) => void,
): Promise<Background> {
  const running: Background[] = [];
  if (services.includes('relay'))
    running.push(await runRelays(opened), await startMirror(opened), startSequencer(opened));
  if (services.includes('worker'))
    running.push(startSweep(opened), startReconciler(opened), await startCatalogueWorker(opened, onSilence));
  const harvester = services.filter((one) => one === 'harvester' || one === 'scheduler');
  if (harvester.length > 0)
    running.push(await runHarvester(opened, harvester, { onSilence, grace: sharedGrace }));
  return {
    // Who takes work stops before who hands it out.
    async close() {
      for (const one of running.reverse()) await one.close();
    },
  };
}

/** Index relay and queue relay: what was committed reaches the index and the queue. */
async function runRelays({ site, onGate }: OpenSite): Promise<Background> {
  const stop = new AbortController();
  const index = runRelay(site, stop.signal);
  const queue = await startRelay({
    db: site.db,
    config: site.config,
    logger: site.logger,
    jobs: [...harvestQueueJobs, ...catalogueJobs],
  });
  onGate((closed) => (closed ? queue.pause() : queue.resume()));
  return {
    async close() {
      stop.abort();
      await Promise.all([index, queue.close()]);
    },
  };
}

/** What the catalogue does in the background. */
async function startCatalogueWorker(
  { site, onGate }: OpenSite,
  onSilence: (error: Error) => void,
): Promise<Background> {
  const worker = await startWorker({
    db: site.db,
    config: site.config,
    logger: site.logger,
    jobs: [...catalogueJobs],
    handlers: catalogueHandlers(site),
    onSilence,
  });
  onGate((closed) => (closed ? worker.pause() : worker.resume()));
  return { close: async () => void (await worker.close()) };
}
