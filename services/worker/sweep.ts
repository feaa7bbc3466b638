import { forgetChanges, trimAudit } from '@portolan/catalogue';
import { forgetOldJobs } from '@portolan/harvest';
import type { OpenSite } from '@portolan/site';
import type { Background } from './run.ts';

const hour = 3_600_000;
/** An upload that has not got its key after a day belongs to a process that died. */
const abandonedAfter = 24 * hour;

/**
 * Clears, every hour, what killed processes left in the store and what the retention of feed, audit log and harvest
 * jobs lets go; harmless when several do it.
 */
export function startSweep({ site }: OpenSite): Background {
  let sweeping: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    sweeping = sweep().then(forget).then(forgetHarvests);
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
  async function forget(): Promise<void> {
    if (site.gate.closed) return;
    try {
      const changes = await forgetChanges(site);
      const entries = await trimAudit(site);
      if (changes + entries > 0)
        site.logger.info({ changes, entries }, 'old changes and audit entries removed');
    } catch (error) {
      site.logger.warn({ err: error }, 'old changes and audit entries could not be removed');
    }
  }
  const stop = new AbortController();
  async function forgetHarvests(): Promise<void> {
    if (site.gate.closed) return;
    try {
      const gone = await forgetOldJobs(site, stop.signal);
      if (gone > 0) site.logger.info({ gone }, 'old harvest jobs removed');
    } catch (error) {
      site.logger.warn({ err: error }, 'old harvest jobs could not be removed');
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
