import { invalid, notFound } from '@portolan/kernel';
import type { Params, WriteCall } from '../action/call.ts';
import { optionalText } from '../action/parameters.ts';
import { type DatasetRow, findDatasetForUpdate } from './find.ts';
import { assertMayEdit, missingId } from './may_edit.ts';

/**
 * The dataset that `id` speaks of, locked, when the caller may change it.
 * @throws PortolanError `validation` without `id`, `notFound`, `authorization`
 */
export async function findEditable(call: WriteCall, params: Params): Promise<DatasetRow> {
  const id = optionalText(params, 'id');
  if (id === undefined) throw invalid(missingId(call, 'Package'));
  const row = await findDatasetForUpdate(call.sql, id);
  if (!row) throw notFound();
  await assertMayEdit(call, row, params, '');
  return row;
}
