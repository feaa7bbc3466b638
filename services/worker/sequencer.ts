import { sealAudit, sequenceChanges } from '@portolan/catalogue';
import { listen, startLoop } from '@portolan/queue';
import type { OpenSite } from '@portolan/site';
import type { Background } from './run.ts';

/** Milliseconds between a notice and the round: what commits meanwhile is done in the same one. */
const gathering = 50;
/** So many times what the last round took, when that is longer: a tenth of a core at most. */
const rest = 9;
/** Milliseconds between rounds when no notice comes: the notice is a hint, this is the promise. */
const interval = 500;

/**
 * Puts what was committed in order: changes into the feed, audit entries into their chain. Every worker runs it; one
 * at a time does the work.
 */
export function startSequencer({ site, onGate }: OpenSite): Background {
  let took = 0;
  const loop = startLoop({
    name: 'sequencing',
    logger: site.logger,
    interval,
    async round() {
      if (site.gate.closed) return undefined;
      const begun = performance.now();
      await sequenceChanges(site);
      await sealAudit(site);
      took = performance.now() - begun;
      return undefined;
    },
  });
  let due: NodeJS.Timeout | undefined;
  const hear = () => {
    due ??= setTimeout(
      () => {
        due = undefined;
        loop.wake();
      },
      Math.min(interval, Math.max(gathering, rest * took)),
    );
  };
  const listener = listen(site.db, 'portolan_outbox', hear, site.logger);
  // Before the gate closes, what was committed so far still gets its place.
  onGate(async (closed) => {
    if (closed) await sequenceChanges(site).then(() => sealAudit(site));
  });
  return {
    async close() {
      await listener.close();
      clearTimeout(due);
      await loop.stop();
    },
  };
}
