import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '@portolan/db';
import type { Runtime } from '@portolan/kernel';
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

/**
 * The share of one process in the turns at a host. What is asked of the database is asked for some seconds of requests
 * at once: it keeps its turns meanwhile, and starts requests in a time that no other process starts any in. After that
 * time others, who have no turn at all, go first.
 */
export function hostShare(host: string, { db, runtime, unshared, ended, ...limits }: ShareParts): HostShare {
  const hold = Math.min(longest, limits.lease / 3);
  const turns = new Map<string, { busy: boolean; renewed: number }>();
  let expected = 0;
  /** When the next request may start, and until when requests may be started. */
  let next = 0;
  let end = 0;
  let endAsTold: string | undefined;
  let until = 0;
  let askedInVain = Number.NEGATIVE_INFINITY;
  let requests = 1;
  let asking: Promise<'shared' | 'unshared' | 'none' | 'wanted'> | undefined;
  let idle: NodeJS.Timeout | undefined;

  const freeTurns = () => [...turns].flatMap(([id, { busy }]) => (busy ? [] : [id]));
  const left = () =>
    turns.size === 0 && end > 0
      ? { milliseconds: Math.max(0, end - Math.max(next, runtime.now())), end: endAsTold }
      : { milliseconds: 0, end: undefined };

  async function giveBack(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const id of ids) turns.delete(id);
    const returned = { host, ids, left: left() };
    if (turns.size === 0) {
      end = 0;
      requests = 1;
    }
    await returnTurns(db, returned).catch(unshared);
  }

  async function ask(interval: number): Promise<'shared' | 'unshared' | 'none' | 'wanted'> {
    const held = [...turns.keys()];
    const further = freeTurns().length > 0 ? undefined : runtime.id();
    // At first two, so that one of them may be late: how many will be needed shows.
    requests = Math.min(requests * 2, Math.max(2, Math.floor(hold / interval)));
    const span = interval * (interval > 0 ? requests : 0);
    const rest = { milliseconds: Math.max(0, end - Math.max(next, runtime.now())), end: endAsTold };
    const granted = await askForTurns(db, { host, held, further, span, left: rest }, limits);
    const now = runtime.now();
    if (granted === 'wanted') {
      until = 0;
      await giveBack(freeTurns());
      return 'wanted';
    }
    if (granted === undefined) return 'none';
    next = Math.max(next, now + granted.wait);
    end = now + granted.wait + span;
    endAsTold = granted.end;
    until = now + hold;
    for (const id of held)
      if (turns.has(id)) turns.set(id, { busy: turns.get(id)?.busy === true, renewed: now });
    if (further !== undefined && granted.turn) turns.set(further, { busy: false, renewed: now });
    if (!granted.turn) askedInVain = now;
    return granted.turn ? 'shared' : 'none';
  }

  /** A turn that may be used now, and when. */
  function usable(interval: number): { id: string; start: number } | undefined {
    const [id] = freeTurns();
    const now = runtime.now();
    const start = Math.max(now, next);
    const fits = interval === 0 || start + interval <= end;
    return id !== undefined && now < until && fits ? { id, start } : undefined;
  }

  function settle(): void {
    clearTimeout(idle);
    if (expected > 0) return;
    if (turns.size === 0) ended();
    else
      idle = setTimeout(() => {
        void giveBack(freeTurns()).then(() => {
          if (expected === 0 && turns.size === 0) ended();
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
        const found = usable(interval);
        const turn = found && turns.get(found.id);
        if (found && turn) {
          turn.busy = true;
          next = found.start + interval;
          try {
            await delay(Math.max(0, found.start - runtime.now()), undefined, { signal });
            return found.id;
          } catch (error) {
            turn.busy = false;
            throw error;
          }
        }
        if (turns.size > 0 && freeTurns().length === 0 && runtime.now() - askedInVain < askAgain) {
          await delay(lookAgain / 4, undefined, { signal });
          continue;
        }
        asking ??= ask(interval)
          .catch((error) => {
            unshared(error);
            return 'unshared' as const;
          })
          .finally(() => {
            asking = undefined;
          });
        const answer = await asking;
        if (answer === 'unshared') return undefined;
        if (answer === 'none') await delay(lookAgain, undefined, { signal });
        // Those who wait look before this one does.
        if (answer === 'wanted') await delay(2 * lookAgain, undefined, { signal });
      }
    },
    leave(id) {
      expected--;
      const turn = id === undefined ? undefined : turns.get(id);
      if (turn) turn.busy = false;
      // Others want it.
      if (id !== undefined && until === 0) void giveBack([id]).then(settle);
      else settle();
    },
    async renew() {
      const now = runtime.now();
      const due = [...turns].filter(([, { renewed }]) => now - renewed > limits.lease / 3);
      if (due.length === 0) return;
      await renewTurns(
        db,
        due.map(([id]) => id),
        limits.lease,
      ).catch(unshared);
      for (const [, turn] of due) turn.renewed = now;
    },
    async close() {
      clearTimeout(idle);
      await giveBack(freeTurns());
    },
  };
}
