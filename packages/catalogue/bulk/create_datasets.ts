import type { Tx } from '@portolan/db';
import { notFound, rowId } from '@portolan/kernel';
import { keptExtras, validated } from '@portolan/schema';
import type { Call, Params, Site, WriteCall } from '../action/call.ts';
import { finishDatasets } from '../dataset/finish.ts';
import { withoutHarvestList } from '../dataset/harvest_list.rules.ts';
import { insertPackages } from '../dataset/package_rows.ts';
import type { DatasetDict } from '../dataset/presenter.ts';
import { datasetSchema } from '../dataset/schema.ts';
import { assertSpatial } from '../dataset/spatial.rules.ts';
import { assertStorable } from '../dataset/storable.ts';
import { rowTime } from '../dataset/time.ts';
import { makeDefaultViews } from '../resource/default_views.ts';
import { planResources } from '../resource/plan.rules.ts';
import { insertResources } from '../resource/rows.ts';
import { type BulkFacts, bulkFacts, recordsOf } from './facts.ts';
import { insertExtras, insertMembers, insertTags, linkTags, type WantedTag } from './rows.ts';

/** A new dataset that has passed its rules. */
export interface NewDataset {
  id: string;
  data: Params;
  groups: string[];
}

/**
 * Applies the rules of new datasets to many, with a few statements. What another writes meanwhile is found out by
 * the database when they are inserted.
 * @returns each as it will be written, or why it is refused
 */
export async function checkDatasets(
  call: Call & Pick<WriteCall, 'freeTags'>,
  inputs: readonly Params[],
): Promise<(NewDataset | { error: unknown })[]> {
  const facts = await bulkFacts(call, inputs);
  const names = new Set<string>();
  const outcomes: (NewDataset | { error: unknown })[] = [];
  for (const input of inputs)
    try {
      const one = await check(call, facts, input);
      const name = String(one.data['name']);
      if (names.has(name)) throw new Twice();
      names.add(name);
      outcomes.push(one);
    } catch (error) {
      outcomes.push({ error });
    }
  return outcomes;
}

/** The same name once more in one batch: whoever calls tries it again after the first. */
export class Twice extends Error {}

async function check(
  call: Call & Pick<WriteCall, 'freeTags'>,
  facts: BulkFacts,
  input: Params,
): Promise<NewDataset> {
  assertStorable(input);
  const request = { ...withoutHarvestList(input, call.site.config), type: input['type'] || 'dataset' };
  const own = facts.of(request);
  const data = await validated(datasetSchema(call, 'create'), request, own);
  assertSpatial(data, call.site.config);
  const owner = data['owner_org'] as string | undefined;
  if (owner && !own.isOrganization(owner)) throw notFound('Organization was not found.');
  const groups = recordsOf(data['groups']).map((group) =>
    facts.groups.get(String(group['id'] || group['name'])),
  );
  return {
    id: (data['id'] as string | undefined) ?? call.site.runtime.id(),
    data,
    groups: [...new Set(groups.filter((id) => id !== undefined))],
  };
}

/** Makes the tags of these datasets that are missing; others that need the same new ones wait for the end of `tx`. */
export const makeTags = (tx: Tx, site: Site, datasets: readonly NewDataset[]): Promise<void> =>
  insertTags(tx, site, wantedTags(datasets));

const wantedTags = (datasets: readonly NewDataset[]): WantedTag[] =>
  datasets.flatMap(({ id, data }) =>
    recordsOf(data['tags']).map(({ name, vocabulary_id: vocabulary }) => ({
      package_id: id,
      name: String(name),
      vocabulary_id: typeof vocabulary === 'string' ? vocabulary : null,
    })),
  );

/**
 * Writes datasets in the caller's transaction, one statement a table: rows, activities and index notes. Their tags
 * are there. For callers that may do everything.
 * @returns them as package_show answers them, in their order
 */
export async function insertDatasets(
  call: WriteCall,
  checked: readonly NewDataset[],
): Promise<DatasetDict[]> {
  const { sql, site } = call;
  const now = rowTime(site.runtime);
  const creator = call.user?.id ?? null;
  const ids = checked.map(({ id }) => id);
  await sql.rows(
    `UPDATE package SET name = id WHERE name = ANY($1) AND state = 'deleted' AND id <> ALL($2)`,
    [checked.map(({ data }) => data['name']), ids],
  );
  await insertPackages(
    sql,
    checked.map(({ id, data }) => ({ row: { id, now, creator }, data })),
  );
  await insertExtras(
    sql,
    checked.flatMap(({ id, data }) =>
      keptExtras(data).map((extra) => ({ ...extra, package_id: id, id: rowId(site.runtime) })),
    ),
  );
  await linkTags(call, wantedTags(checked));
  await insertResources(
    sql,
    checked.flatMap(({ id, data }) => {
      const context = { packageId: id, now, newId: () => site.runtime.id() };
      return planResources([], recordsOf(data['resources']), context).write;
    }),
  );
  await insertMembers(
    call,
    checked.flatMap(({ id, data, groups }) => [
      ...(data['owner_org']
        ? [{ table_id: id, group_id: String(data['owner_org']), capacity: 'organization' }]
        : []),
      ...groups.map((group) => ({ table_id: id, group_id: group, capacity: 'public' })),
    ]),
  );
  const datasets = await finishDatasets(call, ids, 'new');
  await makeDefaultViews(
    call,
    datasets.flatMap(({ resources }) => resources),
  );
  return datasets;
}
