import type { Db } from '@portolan/db';
import { timestamp } from '@portolan/kernel';

const batch = 5000;

/** Removes activities that are older than a moment, a batch at a time. @returns how many went */
export async function cleanActivities(db: Db, before: number): Promise<number> {
  for (let removed = 0; ; ) {
    const rows = await db.transact((tx) =>
      tx.rows(
        `DELETE FROM activity WHERE id IN (SELECT id FROM activity WHERE timestamp < $1 LIMIT $2) RETURNING 1`,
        [timestamp(before), batch],
      ),
    );
    removed += rows.length;
    if (rows.length < batch) return removed;
  }
}
