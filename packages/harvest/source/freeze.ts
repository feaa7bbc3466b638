import type { Tx } from '@portolan/db';

/** From now on no job of the source is made; one that runs may finish. */
export async function freezeSource(tx: Tx, id: string, reason: string): Promise<void> {
  await tx.rows(
    `INSERT INTO portolan.harvest_source_state (source_id, frozen, frozen_reason) VALUES ($1, true, $2)
     ON CONFLICT (source_id) DO UPDATE SET frozen = true, frozen_reason = excluded.frozen_reason`,
    [id, reason],
  );
}

/** @param now a timestamp; failures are counted anew from then on */
export async function unfreezeSource(tx: Tx, id: string, now: string): Promise<void> {
  await tx.rows(
    `UPDATE portolan.harvest_source_state SET frozen = false, frozen_reason = NULL, unfrozen = $2 WHERE source_id = $1`,
    [id, now],
  );
}
