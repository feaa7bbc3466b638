import type { Site } from '../action/call.ts';
import { writeEntries } from './write_entries.ts';

const batch = 500;

/** Ids of index entries that should not be there, in batches: their dataset is purged, or deleted, and no relay is at it. */
export async function* orphanedEntries(site: Site): AsyncGenerator<string[]> {
  for (let after = ''; ; ) {
    const held = await site.search.next(site.db, after, batch);
    const belonging = await site.db.rows<{ id: string }>(
      `SELECT id FROM package WHERE id = ANY ($1) AND (state <> 'deleted' OR NOT $2)
       UNION SELECT key FROM portolan.outbox WHERE key = ANY ($1)`,
      [held, site.config.searchRemoveDeleted],
    );
    const kept = new Set(belonging.map(({ id }) => id));
    const orphans = held.filter((id) => !kept.has(id));
    if (orphans.length > 0) yield orphans;
    if (held.length < batch) return;
    after = held.at(-1)!;
  }
}

/** Takes those entries out, and gives their ids as it goes. */
export async function* clearOrphans(site: Site): AsyncGenerator<string[]> {
  for await (const orphans of orphanedEntries(site)) {
    await reindex(site, orphans);
    yield orphans;
  }
}

/** Through the rows, not by removal: a dataset that was made or undeleted since is indexed instead. */
const reindex = (site: Site, ids: string[]) =>
  site.db.transact((tx) => writeEntries(site, tx, [...ids].sort()));
