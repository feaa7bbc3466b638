import { notFound } from '@portolan/kernel';
import { validated } from '@portolan/schema';
import { isToldAsSent } from '../action/as_sent.rules.ts';
import type { Params, WriteCall } from '../action/call.ts';
import { makeDefaultViews } from '../resource/default_views.ts';
import { withConflicts } from './conflict.ts';
import { echoing } from './echo.ts';
import { datasetFacts } from './facts.ts';
import { finishDataset } from './finish.ts';
import { withoutHarvestList } from './harvest_list.rules.ts';
import { mayOverrule } from './may_edit.ts';
import { writeOwners } from './member_rows.ts';
import { freeName, insertPackages } from './package_rows.ts';
import type { DatasetDict } from './presenter.ts';
import { datasetSchema } from './schema.ts';
import { assertSpatial } from './spatial.rules.ts';
import { assertStorable } from './storable.ts';
import { writeTyped } from './typed_write.ts';
import { writeParts, writeTime } from './write_parts.ts';

/**
 * Makes a dataset of what a client sent, in the caller's transaction: rows, activity, index notes. The caller has
 * asked about rights (`assertMayCreate`); a call with `ignoreAuth` may choose `id` and `state` like a sysadmin.
 * @returns the dataset as package_show answers it.
 * @throws PortolanError `validation`, `integrity`, or `notFound` when the owner is no organisation.
 */
export async function createDataset(call: WriteCall, input: Params): Promise<DatasetDict> {
  assertStorable(input);
  return writeTyped(call, input['type'], input, undefined, (given) => insertDataset(call, given));
}

async function insertDataset(call: WriteCall, input: Params): Promise<DatasetDict> {
  const sent = withoutHarvestList(input, call.site.config);
  const facts = await datasetFacts(call, sent);
  const request = { ...sent, type: sent['type'] || 'dataset' };
  const data = await echoing(request, () => validated(datasetSchema(call, 'create'), request, facts));
  assertSpatial(data, call.site.config);
  const owner = (data['owner_org'] as string | undefined) ?? null;
  if (owner && !facts.isOrganization(owner)) throw notFound('Organization was not found.');

  const id = (data['id'] as string | undefined) ?? call.site.runtime.id();
  const now = writeTime(call);
  return withConflicts(async () => {
    await freeName(call.sql, String(data['name']), id);
    await insertPackages(call.sql, [{ row: { id, now, creator: call.user?.id ?? null }, data }]);
    await writeParts(call, now, [{ id, data, resources: [] }], true);
    await writeOwners(call, [{ id, owner }]);
    const dataset = await finishDataset(call, id, 'new');
    await makeDefaultViews(call, dataset.resources);
    return tellAsSent(call, dataset, data, input);
  });
}

/**
 * The answer to a write: what sysadmins sent as `plugin_data` is told to them, and a `state` that is no text as it was
 * sent, as CKAN does from memory.
 */
export function tellAsSent(
  call: WriteCall,
  dataset: DatasetDict,
  data: Record<string, unknown>,
  { state }: Params,
): DatasetDict {
  if (!mayOverrule(call)) return dataset;
  const plugins = data['plugin_data'] ? { plugin_data: data['plugin_data'] } : {};
  const odd = Object.hasOwn(data, 'state') && isToldAsSent(state) ? { state } : {};
  return { ...dataset, ...plugins, ...odd } as DatasetDict;
}
