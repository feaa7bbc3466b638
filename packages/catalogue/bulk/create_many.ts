import type { Params, WriteCall } from '../action/call.ts';
import { createDataset } from '../dataset/create.ts';
import { datasetType } from '../dataset/dataset_types.ts';
import type { DatasetDict } from '../dataset/presenter.ts';
import { checkDatasets, insertDatasets, makeTags } from './create_datasets.ts';

/**
 * Makes datasets like `createDataset`, as many statements for a hundred as for two, in the caller's transaction. For
 * callers that may do everything. One that breaks a rule leaves the others alone.
 * @returns what package_show answers of each, or why it is refused
 * @throws what the database says, when another writer took a name or an id meanwhile; nothing can be kept then
 */
export async function createDatasets(
  call: WriteCall,
  inputs: readonly Params[],
): Promise<(DatasetDict | { error: unknown })[]> {
  const plain = inputs.filter(({ type }) => !datasetType(type));
  const checked = await checkDatasets(call, plain);
  const accepted = checked.filter((one) => 'id' in one);
  await makeTags(call.sql, call.site, accepted);
  const made = accepted.length > 0 ? await insertDatasets(call, accepted) : [];
  const datasets = new Map(made.map((dataset) => [dataset.id, dataset]));
  const outcomes = new Map<Params, DatasetDict | { error: unknown }>();
  for (const [index, input] of plain.entries()) {
    const one = checked[index]!;
    outcomes.set(input, 'id' in one ? datasets.get(one.id)! : one);
  }
  for (const input of inputs) if (!outcomes.has(input)) outcomes.set(input, await createDataset(call, input));
  return inputs.map((input) => outcomes.get(input)!);
}
