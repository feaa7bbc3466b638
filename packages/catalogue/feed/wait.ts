import { setTimeout as sleep } from 'node:timers/promises';
import type { Site } from '../action/call.ts';
import { presentPlace } from './place.ts';

/** Milliseconds between two looks at the feed while somebody waits for it. */
const interval = 200;

/** Those of one process who wait for a change: one of them looks for all, and none holds a connection. */
class WaitingRoom {
  readonly #site: Site;
  readonly #waiting = new Set<{ after: number; wake: () => void }>();
  #looking = false;
  closed = false;

  constructor(site: Site) {
    this.#site = site;
  }

  async wait(after: number, milliseconds: number): Promise<void> {
    if (this.closed) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((wake) => {
      const one = {
        after,
        wake: () => {
          this.#waiting.delete(one);
          wake();
        },
      };
      this.#waiting.add(one);
      timer = setTimeout(one.wake, milliseconds);
      void this.#look();
    });
    clearTimeout(timer);
  }

  close(): void {
    this.closed = true;
    this.wakeAll();
  }

  wakeAll(): void {
    for (const one of [...this.#waiting]) one.wake();
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      while (this.#waiting.size > 0) {
        const { position } = await presentPlace(this.#site.db);
        for (const one of [...this.#waiting]) if (one.after < position) one.wake();
        await sleep(interval);
      }
    } catch (error) {
      // Each of them asks again and hears of what is wrong.
      this.#site.logger.warn({ err: error }, 'the change feed cannot be looked at');
      this.wakeAll();
    } finally {
      this.#looking = false;
    }
  }
}

// Beside the site, since only processes that serve the feed have one.
const rooms = new WeakMap<Site, WaitingRoom>();

function roomOf(site: Site): WaitingRoom {
  let room = rooms.get(site);
  if (!room) {
    room = new WaitingRoom(site);
    rooms.set(site, room);
  }
  return room;
}

/**
 * Returns when the feed has gone beyond this position, or the time is up.
 * @returns false when nobody may wait any more, since the process is about to stop
 */
export async function waitForChange(site: Site, after: number, milliseconds: number): Promise<boolean> {
  const room = roomOf(site);
  await room.wait(after, milliseconds);
  return !room.closed;
}

/** Sends everybody who waits away with what there is: the process is about to stop. */
export const endWaits = (site: Site): void => roomOf(site).close();
