import { forgetChanges, type Site, trimAudit } from '@portolan/catalogue';
import { forgetOldContents, forgetOldJobs, forgetOldLines, forgetOldPreviews } from '@portolan/harvest';
import type { OpenSite } from '@portolan/site';
import type { Background } from './run.ts';

const hour = 3_600_000;
/** An upload that has not got its key after a day belongs to a process that died. */
const abandonedAfter = 24 * hour;

/** What is cleared, and how: each answers how much of it has gone. */
const clearings: [what: string, clear: (site: Site, signal: AbortSignal) => Promise<number>][] = [
  ['abandoned uploads', (site) => site.files.sweep(new Date(site.runtime.now() - abandonedAfter))],
  ['old changes', forgetChanges],
  ['old audit entries', trimAudit],
  ['old harvest jobs', forgetOldJobs],
  ['old texts of harvested records', forgetOldContents],
  ['old lines of the harvest log', forgetOldLines],
  ['old harvest previews', forgetOldPreviews],
];

/**
 * Clears, every hour, what killed processes left in the store and what the retention of feed, audit log and harvest
 * jobs lets go; harmless when several do it.
 */
export function startSweep({ site }: OpenSite): Background {
  const stop = new AbortController();
  let sweeping: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    sweeping = sweep();
  }, hour);
  async function sweep(): Promise<void> {
    for (const [what, clear] of clearings) {
      if (site.gate.closed || stop.signal.aborted) return;
      try {
        const removed = await clear(site, stop.signal);
        if (removed > 0) site.logger.info({ removed }, `${what} removed`);
      } catch (error) {
        site.logger.warn({ err: error }, `${what} could not be removed`);
      }
    }
  }
  return {
    async close() {
      clearInterval(timer);
      stop.abort();
      await sweeping;
    },
  };
}
