import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Site } from '../action/call.ts';
import { workOffBacklog } from './backlog.ts';
import { catchUpOldest, datasetsAtOnce } from './catch_up.ts';

/** Milliseconds between two looks when no notice comes: the notice is a hint, this is the promise. */
const patience = 1000;
/**
 * Milliseconds that writers have for their own entries, which they index themselves as soon as they have committed: the
 * relay would only take the rows from under them and have them wait for it.
 */
const grace = 25;

/**
 * Follows the outbox until `signal` aborts: writes of writers that died, writes made by hand, renamed
 * organisations. Any number of processes may run it.
 */
export async function runRelay(site: Site, signal: AbortSignal): Promise<void> {
  const bell = new Bell();
  const listener = await listen(site, bell);
  signal.addEventListener('abort', () => bell.ring());
  try {
    while (!signal.aborted) {
      try {
        if ((await catchUpOldest(site, datasetsAtOnce)) === datasetsAtOnce) {
          await workOffBacklog(site, () => !signal.aborted);
          continue;
        }
        await listener.check();
      } catch (error) {
        if ((error as { code?: string }).code !== 'readOnly')
          site.logger.error({ err: error }, 'the index relay failed, it goes on');
        await sleep(patience, undefined, { signal }).catch(() => {});
        continue;
      }
      await bell.wait(patience);
      await sleep(grace, undefined, { signal }).catch(() => {});
    }
  } finally {
    await listener.close();
  }
}

/** LISTEN on a session of its own; a lost session is opened again at the next check. */
async function listen(site: Site, bell: Bell): Promise<{ check(): Promise<void>; close(): Promise<void> }> {
  let client: Client | undefined;
  async function open(): Promise<void> {
    const opened = await site.db.session();
    opened.on('notification', () => bell.ring());
    opened.on('end', () => {
      client = undefined;
    });
    await opened.query('LISTEN portolan_outbox');
    client = opened;
  }
  await open();
  return {
    check: async () => {
      if (!client) await open();
    },
    close: async () => {
      await client?.end();
    },
  };
}

/** A wake-up that is not lost when it rings before somebody waits. */
class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async wait(most: number): Promise<void> {
    if (!this.#rung) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, most);
      });
      clearTimeout(timer);
    }
    this.#rung = false;
    this.#wake = undefined;
  }
}
