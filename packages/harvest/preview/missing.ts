import { isMassDeletion } from '../plan.rules.ts';
import type { HarvestSite } from '../site.ts';
import { parsedConfig, type Source } from '../source/source.repo.ts';
import type { PreviewedRecord } from './preview.ts';

/** Records of a source that a complete listing did not hold, and whether the guard would hold their deletion back. */
export async function missingRecords(
  site: HarvestSite,
  source: Source,
  seen: ReadonlySet<string>,
): Promise<{ records: PreviewedRecord[]; held: boolean }> {
  const current = await site.db.rows<{ guid: string; title: string | null }>(
    `SELECT DISTINCT ON (o.guid) o.guid, p.title FROM harvest_object o
     JOIN package p ON p.id = o.package_id AND p.state = 'active'
     WHERE o.harvest_source_id = $1 AND o.current ORDER BY o.guid`,
    [source.id],
  );
  const records = current
    .filter(({ guid }) => !seen.has(guid))
    .map(
      ({ guid, title }): PreviewedRecord => ({
        guid,
        title,
        action: 'delete',
        reason: 'no longer in the source',
        changes: [],
        problems: [],
      }),
    );
  const guard = { floor: site.config.harvestDeleteFloor, share: site.config.harvestDeleteShare };
  const guarded = parsedConfig(source)['deletion_guard'] !== false;
  return { records, held: guarded && isMassDeletion(records.length, current.length, seen.size, guard) };
}
