import { isMassDeletion } from '../plan.rules.ts';
import type { HarvestSite } from '../site.ts';
import { parsedConfig, type Source } from '../source/source.repo.ts';
import type { PreviewedRecord } from './preview.ts';

const page = 1000;

/**
 * Records of a source that a complete listing did not hold, a page of them in memory at a time. Returns whether the
 * guard would hold their deletion back.
 */
export async function* missingRecords(
  site: HarvestSite,
  source: Source,
  seen: ReadonlySet<string>,
): AsyncGenerator<PreviewedRecord, boolean> {
  let current = 0;
  let missing = 0;
  for (let after: string | null = null; ; ) {
    const rows: { guid: string; title: string | null }[] = await site.db.rows(
      `SELECT DISTINCT ON (o.guid) o.guid, p.title FROM harvest_object o
       JOIN package p ON p.id = o.package_id AND p.state = 'active'
       WHERE o.harvest_source_id = $1 AND o.current AND ($2::text IS NULL OR o.guid > $2) ORDER BY o.guid LIMIT ${page}`,
      [source.id, after],
    );
    for (const { guid, title } of rows) {
      current++;
      if (seen.has(guid)) continue;
      missing++;
      yield { guid, title, action: 'delete', reason: 'no longer in the source', changes: [], problems: [] };
    }
    if (rows.length < page) break;
    after = rows.at(-1)?.guid ?? null;
  }
  const guard = { floor: site.config.harvestDeleteFloor, share: site.config.harvestDeleteShare };
  const guarded = parsedConfig(source)['deletion_guard'] !== false;
  return guarded && isMassDeletion(missing, current, seen.size, guard);
}
