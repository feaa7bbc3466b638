import { validated } from '@portolan/schema';
import type { Params, WriteCall } from '../action/call.ts';
import { isTruthy } from '../action/parameters.ts';
import { Upload } from '../action/upload.ts';
import { datasetType } from '../dataset/dataset_types.ts';
import type { DatasetFacts } from '../dataset/facts.ts';
import { withoutHarvestList } from '../dataset/harvest_list.rules.ts';
import { loadDatasets, type StoredDataset } from '../dataset/load.ts';
import type { DatasetDict } from '../dataset/presenter.ts';
import { datasetSchema } from '../dataset/schema.ts';
import { assertSpatial } from '../dataset/spatial.rules.ts';
import { assertStorable } from '../dataset/storable.ts';
import { updateDataset } from '../dataset/update.ts';
import { type DatasetChange, ownerOf, writeChanges } from '../dataset/write_changes.ts';
import { writeTime } from '../dataset/write_parts.ts';
import { takeUploads } from '../resource/files.ts';
import { withGuessedMediaTypes } from '../resource/media_type.ts';
import { bulkFacts, recordsOf } from './facts.ts';

/** Why a dataset stays as it is. */
interface Refused {
  error: unknown;
}

/**
 * Replaces datasets like `updateDataset`, as many statements for a hundred as for two, in the caller's transaction. For
 * callers that may do everything. One that breaks a rule leaves the others alone.
 * @param inputs with the id of their dataset, no two the same
 * @returns what package_show answers of each, or why it is refused
 * @throws Entangled; what the database says, when another writer took a name meanwhile; what `updateDataset` says of a
 * dataset that has a type of its own, brings files or is not there. Nothing can be kept then
 */
export async function updateDatasets(
  call: WriteCall,
  inputs: readonly Params[],
): Promise<(DatasetDict | Refused)[]> {
  const stored = await lockStored(call, inputs);
  assertApart(inputs, stored);
  const plain = new Map<Params, Plain>();
  for (const input of inputs) {
    const one = plainChange(call, input, stored.get(String(input['id'])));
    if (one) plain.set(input, one);
  }
  const checked = await checkChanges(call, plain);
  const changes = [...checked.values()].filter((one) => 'data' in one);
  const written = changes.length > 0 ? await writeChanges(call, writeTime(call), changes) : [];
  const datasets = new Map(written.map((dataset) => [dataset.id, dataset]));
  const outcomes: (DatasetDict | Refused)[] = [];
  for (const input of inputs) {
    const one = checked.get(input);
    if (!one) outcomes.push(await updateDataset(call, String(input['id']), input));
    else outcomes.push('data' in one ? datasets.get(one.stored.id)! : one);
  }
  return outcomes;
}

/** The datasets as they are, locked in one order whoever asks. */
async function lockStored(
  { sql }: WriteCall,
  inputs: readonly Params[],
): Promise<Map<string, StoredDataset>> {
  const ids = inputs.map(({ id }) => String(id));
  await sql.prepared('lock_changing', 'SELECT FROM package WHERE id = ANY($1) ORDER BY id FOR UPDATE', [ids]);
  return new Map((await loadDatasets(sql, ids)).map((dataset) => [dataset.id, dataset]));
}

/** One of the datasets takes what another has: one of them has to see what has become of the other. */
export class Entangled extends Error {}

function assertApart(inputs: readonly Params[], stored: ReadonlyMap<string, StoredDataset>): void {
  const holders = new Map<unknown, string>();
  for (const { id, name, resources } of stored.values()) {
    holders.set(name, id);
    for (const resource of resources) holders.set(resource.id, id);
  }
  for (const input of inputs)
    for (const one of [input['name'], ...recordsOf(input['resources']).map(({ id }) => id)])
      if ((holders.get(one) ?? input['id']) !== input['id'])
        throw new Entangled(
          `Datasets ${input['id']} and ${holders.get(one)} are changed one after the other`,
        );
}

/** A change that needs no other rules than those of every dataset. */
interface Plain {
  stored: StoredDataset;
  input: Params;
}

function plainChange(
  { site: { config } }: WriteCall,
  sent: Params,
  stored: StoredDataset | undefined,
): Plain | undefined {
  if (!stored || datasetType(stored.type) || bringsFiles(sent)) return undefined;
  const { input } = takeUploads(withoutHarvestList(sent, config), '', config);
  return { stored, input: withGuessedMediaTypes(input, config) };
}

const bringsFiles = (input: Params): boolean =>
  recordsOf(input['resources']).some(
    (resource) =>
      isTruthy(resource['clear_upload']) || Object.values(resource).some((value) => value instanceof Upload),
  );

async function checkChanges(
  call: WriteCall,
  plain: ReadonlyMap<Params, Plain>,
): Promise<Map<Params, DatasetChange | Refused>> {
  const outcomes = new Map<Params, DatasetChange | Refused>();
  const facts = await bulkFacts(
    call,
    [...plain.values()].map(({ input }) => input),
    { stored: true },
  );
  for (const [sent, { stored, input }] of plain)
    try {
      outcomes.set(sent, await check(call, facts.of(input, stored), input, stored));
    } catch (error) {
      outcomes.set(sent, { error });
    }
  return outcomes;
}

async function check(
  call: WriteCall,
  facts: DatasetFacts,
  input: Params,
  stored: StoredDataset,
): Promise<DatasetChange> {
  assertStorable(input);
  const data = await validated(datasetSchema(call, 'update'), input, facts);
  assertSpatial(data, call.site.config);
  return { stored, data, owner: ownerOf(data, stored, facts) };
}
