import type { Db, Tx } from '@portolan/db';
import { deliver, type Outlet } from './deliver.ts';
import { settleEntries, waitingEntries } from './entry.repo.ts';
import { mirrorIndices } from './mirror_index.repo.ts';

/** Datasets told of in one step. */
const batch = 2000;
/** Milliseconds that a change is left to its writer, who waits for it, before the relay takes it. */
const leftToWriter = 1000;

/**
 * One step of the mirror's relay: what has waited longest goes to every index that is written. Any number of
 * processes may run it, one at a time works.
 * @returns whether there may be more
 */
export const drainMirror = (db: Db, outlet: Outlet): Promise<boolean> =>
  db.transact(async (tx) => {
    const [lock] = await tx.rows<{ mine: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('portolan.search_mirror', 0)) AS mine`,
    );
    return lock?.mine ? step(tx, outlet, leftToWriter) : false;
  });

/** Everything that waits now, whoever else is at it. */
export async function drainAll(db: Db, outlet: Outlet): Promise<void> {
  const more = () =>
    db.transact(async (tx) => {
      await tx.rows(`SELECT pg_advisory_xact_lock(hashtextextended('portolan.search_mirror', 0))`);
      return step(tx, outlet, 0);
    });
  while (await more());
}

async function step(tx: Tx, outlet: Outlet, age: number): Promise<boolean> {
  const entries = await waitingEntries(tx, batch, age);
  if (entries.length === 0) return false;
  // After the entries: an index that is not there yet copies what was committed before it.
  const written = (await mirrorIndices(tx)).filter(({ state }) => state !== 'previous');
  await deliver(
    outlet,
    written.map(({ name }) => name),
    entries,
  );
  await settleEntries(tx, entries);
  return entries.length === batch;
}
