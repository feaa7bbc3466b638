import type { OpenSite } from '@portolan/site';
import type { Background } from './run.ts';

const hour = 3_600_000;
/** An upload that has not got its key after a day belongs to a process that died. */
const abandonedAfter = 24 * hour;

/** Clears what killed processes left in the store, every hour; harmless when several do it. */
export function startSweep({ site }: OpenSite): Background {
  let sweeping: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    sweeping = sweep();
  }, hour);
  async function sweep(): Promise<void> {
    if (site.gate.closed) return;
    try {
      const removed = await site.files.sweep(new Date(site.runtime.now() - abandonedAfter));
      if (removed > 0) site.logger.info({ removed }, 'abandoned uploads removed');
    } catch (error) {
      site.logger.warn({ err: error }, 'abandoned uploads could not be removed');
    }
  }
  return {
    async close() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
