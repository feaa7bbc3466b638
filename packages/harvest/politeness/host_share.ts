import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '@portolan/db';
import type { Runtime } from '@portolan/kernel';
import { heldTurns } from './held_turns.ts';
import { startWindow } from './start_window.ts';
import { askForTurns, type Limits, renewTurns, returnTurns } from './turn.repo.ts';

/** Milliseconds between looks at a host whose turns are all taken by other processes. */
const lookAgain = 100;
/** Milliseconds between the askings of a process that has one turn and wants another. */
const askAgain = 500;
/** Milliseconds for which a turn is kept that nobody needs just now: the next record asks in a moment. */
const linger = 500;
/** Milliseconds for which a process may start requests before it asks the database again. */
const longest = 5000;

/** What a process has of a host: turns, and a time in which it alone starts requests. */
export interface HostShare {
  /** Somebody is about to need a turn. */
  expect(): void;
  /** Waits for a turn, and until its request may start. @returns its id; undefined when turns cannot be shared now */
  enter(interval: number, signal: AbortSignal | undefined): Promise<string | undefined>;
  /** Whoever was expected is done, or needs none any more. */
  leave(id: string | undefined): void;
  /** Renews the turns that are about to end. */
  renew(): Promise<void>;
  /** Gives back what nobody needs. */
  close(): Promise<void>;
}

export interface ShareParts extends Limits {
  db: Db;
  runtime: Pick<Runtime, 'now' | 'id'>;
  /** Turns cannot be shared at the moment. */
  unshared(error: unknown): void;
  /** Nothing is left of the share. */
  ended(): void;
}

/** What asking for turns has brought: one; none now; that others, who have none at all, go first; or turns cannot be shared. */
type Answer = 'shared' | 'none' | 'wanted' | 'unshared';

/**
 * The share of one process in the turns at a host. What is asked of the database is asked for some seconds of requests
 * at once: it keeps its turns meanwhile, and starts requests in a time that no other process starts any in. After that
 * time others, who have no turn at all, go first.
 */
export function hostShare(host: string, { db, runtime, unshared, ended, ...limits }: ShareParts): HostShare {
  const hold = Math.min(longest, limits.lease / 3);
  const turns = heldTurns();
  const window = startWindow(runtime.now);
  /** Requests that are about to be made, or are made. */
  let expected = 0;
  /** For how many requests the database is asked next. */
  let requests = 1;
  let askedInVain = Number.NEGATIVE_INFINITY;
  let asking: Promise<Answer> | undefined;
  let idle: NodeJS.Timeout | undefined;

  async function giveBack(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    turns.drop(ids);
    const nothing = turns.count() === 0;
    const left = nothing ? window.left() : { milliseconds: 0, end: undefined };
    if (nothing) {
      window.forget();
      requests = 1;
    }
    await returnTurns(db, { host, ids, left }).catch(unshared);
  }

  async function ask(interval: number): Promise<Answer> {
    const held = turns.ids();
    const further = turns.free().length > 0 ? undefined : runtime.id();
    // At first two, so that one of them may be late: how many will be needed shows.
    requests = Math.min(requests * 2, Math.max(2, Math.floor(hold / interval)));
    const span = interval > 0 ? interval * requests : 0;
    const granted = await askForTurns(db, { host, held, further, span, left: window.left() }, limits);
    if (granted === 'wanted') {
      window.stop();
      await giveBack(turns.free());
      return 'wanted';
    }
    if (granted === undefined) return 'none';
    const now = runtime.now();
    window.grant(granted, span, hold);
    turns.renewed(held, now);
    if (further !== undefined && granted.turn) turns.add(further, now);
    if (!granted.turn) askedInVain = now;
    return granted.turn ? 'shared' : 'none';
  }

  /** One asks for all who wait meanwhile. */
  function askOnce(interval: number): Promise<Answer> {
    asking ??= ask(interval)
      .catch((error) => {
        unshared(error);
        return 'unshared' as const;
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  }

  function settle(): void {
    clearTimeout(idle);
    if (expected > 0) return;
    if (turns.count() === 0) ended();
    else
      idle = setTimeout(() => {
        void giveBack(turns.free()).then(() => {
          if (expected === 0 && turns.count() === 0) ended();
        });
      }, linger);
  }

  return {
    expect() {
      clearTimeout(idle);
      expected++;
    },
    async enter(interval, signal) {
      for (;;) {
        signal?.throwIfAborted();
        const start = window.nextStart(interval);
        const id = start === undefined ? undefined : turns.use();
        if (start !== undefined && id !== undefined) {
          window.started(start, interval);
          try {
            await delay(Math.max(0, start - runtime.now()), undefined, { signal });
            return id;
          } catch (error) {
            turns.release(id);
            throw error;
          }
        }
        const allBusy = turns.count() > 0 && turns.free().length === 0;
        if (allBusy && runtime.now() - askedInVain < askAgain) {
          await delay(lookAgain / 4, undefined, { signal });
          continue;
        }
        const answer = await askOnce(interval);
        if (answer === 'unshared') return undefined;
        if (answer === 'none') await delay(lookAgain, undefined, { signal });
        // Those who wait look before this one does.
        if (answer === 'wanted') await delay(2 * lookAgain, undefined, { signal });
      }
    },
    leave(id) {
      expected--;
      if (id !== undefined) turns.release(id);
      // Others want it.
      if (id !== undefined && window.stopped()) void giveBack([id]).then(settle);
      else settle();
    },
    async renew() {
      const now = runtime.now();
      const due = turns.renewedBefore(now - limits.lease / 3);
      if (due.length === 0) return;
      await renewTurns(db, due, limits.lease).catch(unshared);
      turns.renewed(due, now);
    },
    async close() {
      clearTimeout(idle);
      await giveBack(turns.free());
    },
  };
}
