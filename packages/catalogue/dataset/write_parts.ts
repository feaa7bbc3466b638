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

/** What is to be stored of a dataset. */
export interface PartsOf {
  id: string;
  data: Fields;
  /** The resources that are there, deleted ones too. */
  resources: StoredResource[];
}

/**
 * Everything of datasets but their own rows, in as many statements for a hundred as for one. A list that was not sent is
 * an empty one, but for groups.
 * @param isNew they were just made, which spares looking
 */
export async function writeParts(
  call: WriteCall,
  now: string,
  datasets: readonly PartsOf[],
  isNew = false,
): Promise<void> {
  const { sql, site } = call;
  const { runtime } = site;
  await writeExtras(
    sql,
    runtime,
    datasets.map(({ id, data }) => ({ id, extras: keptExtras(data) })),
    isNew,
  );
  await writeTags(
    sql,
    runtime,
    datasets.map(({ id, data }) => ({ id, tags: tagsOf(data) })),
    isNew,
  );
  const plans = datasets.map(({ id, data, resources }) => ({
    id,
    plan: planResources(resources, recordsOf(data['resources']), {
      packageId: id,
      now,
      newId: () => runtime.id(),
    }),
  }));
  await writeResources(sql, plans, isNew);
  await writeGroups(
    call,
    datasets.flatMap(({ id, data: { groups } }) => (Array.isArray(groups) ? [{ id, groups }] : [])),
  );
  for (const side of ['subject', 'object'] as const)
    await keepRelationships(
      sql,
      side,
      datasets.flatMap(({ id, data }) => {
        const wanted = data[`relationships_as_${side}`];
        return Array.isArray(wanted) ? [{ id, wanted }] : [];
      }),
    );
}

const recordsOf = (value: unknown): Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);

const tagsOf = (data: Fields): WantedTag[] =>
  recordsOf(data['tags']).map(({ name, vocabulary_id }) => ({
    name: String(name),
    vocabulary_id: typeof vocabulary_id === 'string' ? vocabulary_id : null,
  }));
