import type { Db } from '@portolan/db';
import { compareMirror, type MirrorComparison } from './compare.ts';
import type { Outlet } from './deliver.ts';
import { drainAll } from './drain.ts';
import { noteEntries } from './entry.repo.ts';
import { mirrorIndex } from './mirror_index.repo.ts';

/**
 * Compares the index that answers once and heals what differs, through the backlog. `pace` is awaited between steps
 * and answers whether to go on.
 */
export async function reconcileMirror(db: Db, outlet: Outlet, pace: () => Promise<boolean>): Promise<void> {
  const live = await mirrorIndex(db, 'live');
  if (!live) return;
  const note = (change: string, ...values: number[]) =>
    db.rows(`UPDATE portolan.search_mirror_index AS i SET ${change} WHERE name = $1`, [live.name, ...values]);
  let different = 0;
  for await (const step of compareMirror(db, outlet.client, live.name)) {
    if (step.ids.length > 0) {
      different += step.ids.length;
      await note('different = greatest(i.different, $2)', different);
      await heal(db, step);
      outlet.logger.warn({ found: step.ids.length }, 'OpenSearch differed from the index');
    }
    if (!(await pace())) return;
  }
  // Nothing is called healed before it has been told.
  if (different > 0) await drainAll(db, outlet);
  await note('different = 0, healed = i.healed + $2, compared = clock_timestamp()', different);
}

export const heal = (db: Db, { ids, highest }: MirrorComparison): Promise<void> =>
  db.transact((tx) => noteEntries(tx, ids, highest));
