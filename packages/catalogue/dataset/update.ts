import { notFound } from '@portolan/kernel';
import { validated } from '@portolan/schema';
import type { Params, WriteCall } from '../action/call.ts';
import { keepUploads, takeUploads } from '../resource/files.ts';
import { withGuessedMediaTypes } from '../resource/media_type.ts';
import { withConflicts } from './conflict.ts';
import { tellAsSent } from './create.ts';
import { datasetType } from './dataset_types.ts';
import { datasetFacts } from './facts.ts';
import { findDatasetForUpdate } from './find.ts';
import { withoutHarvestList } from './harvest_list.rules.ts';
import { loadDataset, type StoredDataset } from './load.ts';
import { type DatasetDict, presentDataset, withoutTold } from './presenter.ts';
import { datasetSchema } from './schema.ts';
import { assertSpatial } from './spatial.rules.ts';
import { assertStorable } from './storable.ts';
import { writeTyped } from './typed_write.ts';
import { ownerOf, writeChanges } from './write_changes.ts';
import { writeTime } from './write_parts.ts';

/**
 * Replaces what a dataset says by what a client sent, in the caller's transaction. A field that is not sent is
 * cleared, but for `name`, `state`, `private`, `owner_org`, `groups`, relationships and `plugin_data`; resources are
 * matched by id, those not listed are deleted. The caller has asked about rights (`assertMayEdit`).
 * @param reference id or name
 * @returns the dataset as package_show answers it.
 * @throws PortolanError `notFound`, `validation`, `integrity`
 */
export const updateDataset = (call: WriteCall, reference: string, input: Params): Promise<DatasetDict> =>
  changeDataset(call, reference, () => input);

/**
 * Reads a dataset, has `change` make of it what is to be stored, and stores that. The row is locked from the reading
 * on, so nobody's change is lost.
 * @throws as `updateDataset`, and what `change` throws
 */
export async function changeDataset(
  call: WriteCall,
  reference: string,
  change: (current: DatasetDict) => Params | Promise<Params>,
): Promise<DatasetDict> {
  const row = await findDatasetForUpdate(call.sql, reference);
  const stored = row && (await loadDataset(call.sql, row.id));
  if (!stored) throw notFound('Package was not found.');
  // Without what is only shown of a dataset that was harvested, lest it be stored.
  const plain = { ...stored, harvest: null };
  const current = datasetType(stored.type)?.show(call, plain) ?? presentDataset(plain, call.site.config);
  const input = await change(await current);
  assertStorable(input);
  return writeTyped(call, stored.type, input, stored, (given) => replace(call, stored, given));
}

async function replace(call: WriteCall, stored: StoredDataset, given: Params): Promise<DatasetDict> {
  const now = writeTime(call);
  const sent = withoutHarvestList(given, call.site.config);
  const meant =
    call.ignoreAuth || sent['extras'] === undefined
      ? sent
      : { ...sent, extras: withoutTold(sent['extras'], stored) };
  const taken = takeUploads(meant, now, call.site.config);
  const input = withGuessedMediaTypes(taken.input, call.site.config);
  assertStorable(input);
  const facts = await datasetFacts(call, input, stored);
  const data = await validated(datasetSchema(call, 'update'), input, facts);
  assertSpatial(data, call.site.config);
  const owner = ownerOf(data, stored, facts);
  return withConflicts(async () => {
    const [dataset] = await writeChanges(call, now, [{ stored, data, owner }]);
    await keepUploads(call, taken.uploads, dataset!.resources);
    return tellAsSent(call, dataset!, data, input);
  });
}
