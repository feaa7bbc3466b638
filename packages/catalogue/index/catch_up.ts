import type { Site } from '../action/call.ts';
import { writeEntries } from './write_entries.ts';

// Commits here do not wait for the disk: what a crash of the database takes back, it takes back with the outbox
// rows' removal, and it is done again.

interface OutboxRow {
  id: number;
  key: string;
}

/**
 * Indexes these datasets' outbox rows now, for the writer that waits for its own entry. Waits for whoever is at
 * them already. Bounded by `indexWait`; what is not done by then, or fails, is left to the relay: the write stands.
 */
export async function catchUpWith(site: Site, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  try {
    await site.db.transact(async (tx) => {
      await tx.prepared(
        'catch_up_settings',
        `SELECT set_config('lock_timeout', $1, true), set_config('statement_timeout', $1, true),
           set_config('synchronous_commit', 'off', true)`,
        [`${site.config.indexWait}ms`],
      );
      const rows = await tx.prepared<OutboxRow>(
        'outbox_of',
        'SELECT id, key FROM portolan.outbox WHERE key = ANY($1) ORDER BY id FOR UPDATE',
        [ids],
      );
      await settle(site, tx, rows);
    });
    await site.search.mirror?.pushWithin(ids, site.config.indexWait);
  } catch (error) {
    site.logger.warn({ err: error, datasets: ids }, 'index entry is left to the relay');
  }
}

/** Datasets that a step of the relay indexes in one transaction. */
export const datasetsAtOnce = 200;

/** One step of the relay: the oldest rows that nobody else is at. Returns how many it settled. */
export async function catchUpOldest(site: Site, most: number): Promise<number> {
  const rows = await site.db.transact(async (tx) => {
    await tx.rows('SET LOCAL synchronous_commit = off');
    const rows = await tx.prepared<OutboxRow>(
      'outbox_oldest',
      'SELECT id, key FROM portolan.outbox ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED',
      [most],
    );
    // A backlog: whoever works it off puts the index in order when it ends.
    if (rows.length === most) await site.search.deferOrder(tx);
    await settle(site, tx, rows);
    return rows;
  });
  // Nobody waits: what does not get there now goes with the mirror's own relay. Nor are many worth a refresh.
  if (rows.length < most) void site.search.mirror?.push([...new Set(rows.map(({ key }) => key))]);
  return rows.length;
}

async function settle(site: Site, tx: Parameters<typeof writeEntries>[1], rows: OutboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  await writeEntries(site, tx, [...new Set(rows.map((row) => row.key))].sort());
  await tx.prepared('settle_outbox', 'DELETE FROM portolan.outbox WHERE id = ANY($1)', [
    rows.map((row) => row.id),
  ]);
}
