import { keptExtras } from '@portolan/schema';
import type { WriteCall } from '../action/call.ts';
import { planResources } from '../resource/plan.rules.ts';
import { writeResources } from '../resource/rows.ts';
import { writeExtras } from './extra_rows.ts';
import type { StoredResource } from './load.ts';
import { writeGroups } from './member_rows.ts';
import { keepRelationships } from './relationship_rows.ts';
import { type WantedTag, writeTags } from './tag_rows.ts';
import { rowTime } from './time.ts';

type Fields = Record<string, unknown>;

/** The time of a write, as rows hold it. */
export const writeTime = (call: WriteCall): string => rowTime(call.site.runtime);

/**
 * Everything of a dataset but its own row. A list that was not sent is an empty one, but for groups.
 * @param stored the resources that are there; nothing for a dataset that was just made, which spares looking
 */
export async function writeParts(
  call: WriteCall,
  id: string,
  now: string,
  data: Fields,
  stored: StoredResource[] | undefined,
): Promise<void> {
  const { sql, site } = call;
  const isNew = stored === undefined;
  await writeExtras(sql, site.runtime, id, keptExtras(data), isNew);
  await writeTags(sql, site.runtime, id, tagsOf(data), isNew);
  const wanted = recordsOf(data['resources']);
  const plan = planResources(stored ?? [], wanted, { packageId: id, now, newId: () => site.runtime.id() });
  await writeResources(sql, id, plan, isNew);
  if (Array.isArray(data['groups'])) await writeGroups(call, id, data['groups']);
  for (const side of ['subject', 'object'] as const) {
    const wanted = data[`relationships_as_${side}`];
    if (Array.isArray(wanted)) await keepRelationships(sql, side, id, wanted);
  }
}

const recordsOf = (value: unknown): Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);

const tagsOf = (data: Fields): WantedTag[] =>
  recordsOf(data['tags']).map(({ name, vocabulary_id }) => ({
    name: String(name),
    vocabulary_id: typeof vocabulary_id === 'string' ? vocabulary_id : null,
  }));
