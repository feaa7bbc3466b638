import { enqueueHarvest } from '@portolan/harvest';
import type { OpenSite } from '@portolan/site';

const interval = 60_000;

/**
 * Asks for a round of scheduling every minute. Any number of processes may: a request that is still waiting is not
 * made twice, and a source that is due is started once.
 */
export function startScheduler({ site }: OpenSite): { close(): Promise<void> } {
  let asking: Promise<void> = Promise.resolve();
  const ask = async () => {
    if (site.gate.closed) return;
    try {
      await site.db.transact((tx) => enqueueHarvest(tx, 'harvest.schedule', ''));
    } catch (error) {
      // The database is away or the gate has just closed; the next minute asks again.
      site.logger.warn({ err: error }, 'scheduling could not be asked for');
    }
  };
  const timer = setInterval(() => {
    asking = ask();
  }, interval);
  asking = ask();
  return {
    async close() {
      clearInterval(timer);
      await asking;
    },
  };
}
