import type { Db } from '@portolan/db';
import { type Runtime, timestamp } from '@portolan/kernel';

const day = 86_400_000;
/** Lines of one transaction. */
const batch = 5000;

/** Forgets lines of `harvest_log` that are older than `ckan.harvest.log_timeframe` days. @returns how many are gone */
export async function forgetOldLines(
  site: { readonly db: Db; readonly runtime: Runtime; readonly config: { readonly harvestLogDays: number } },
  signal?: AbortSignal,
): Promise<number> {
  const before = timestamp(site.runtime.now() - site.config.harvestLogDays * day);
  let gone = 0;
  for (let some = batch; some === batch && !signal?.aborted; gone += some)
    some = await site.db.transact(
      async (tx) =>
        (
          await tx.rows(
            `DELETE FROM harvest_log WHERE id IN (
               SELECT id FROM harvest_log WHERE created < $1 ORDER BY created LIMIT ${batch}) RETURNING id`,
            [before],
          )
        ).length,
    );
  return gone;
}
