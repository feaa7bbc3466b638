import { type ErrorDict, invalid, notFound, PortolanError } from '@portolan/kernel';
import type { Params, WriteCall } from '../action/call.ts';
import { datasetType } from './dataset_types.ts';
import { loadDataset, type StoredDataset } from './load.ts';
import type { DatasetDict } from './presenter.ts';

/**
 * Writes a dataset with what its type adds: the type's check before, its own rows after, its answer.
 * @param name the dataset's type
 * @throws PortolanError `validation` with the errors of type and catalogue together, and what `write` throws
 */
export async function writeTyped(
  call: WriteCall,
  name: unknown,
  input: Params,
  stored: StoredDataset | undefined,
  write: (input: Params) => Promise<DatasetDict>,
): Promise<DatasetDict> {
  const type = datasetType(name);
  if (!type) return write(input);
  const prepared = await type.prepare(call, input, stored);
  const dataset = await withErrors(prepared.errors, () => write(prepared.input));
  await prepared.written(dataset);
  const after = await loadDataset(call.sql, dataset.id);
  if (!after) throw notFound('Package was not found.');
  return type.show(call, after);
}

/** The client learns of all errors at once; the transaction takes back what was written beside the type's. */
async function withErrors<Result>(errors: ErrorDict, write: () => Promise<Result>): Promise<Result> {
  let result: Result | undefined;
  try {
    result = await write();
  } catch (error) {
    if (!(error instanceof PortolanError) || error.code !== 'validation') throw error;
    throw invalid({ ...(error.fields as ErrorDict), ...errors });
  }
  if (Object.keys(errors).length > 0) throw invalid(errors);
  return result;
}
