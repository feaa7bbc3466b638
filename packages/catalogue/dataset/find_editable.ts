import { invalid, missingValue, notFound } from '@portolan/kernel';
import type { Params, WriteCall } from '../action/call.ts';
import { optionalText, sent } from '../action/parameters.ts';
import { type DatasetRow, findDatasetForUpdate } from './find.ts';
import { assertMayEdit, mayOverrule, missingId } from './may_edit.ts';

/**
 * The dataset that `id` speaks of, locked, when the caller may change it.
 * @throws PortolanError `validation` without `id`, `notFound`, `authorization`
 */
export async function findEditable(call: WriteCall, params: Params): Promise<DatasetRow> {
  if (sent(params, 'id') === undefined) throw invalid(missingId(call, 'Package'));
  const id = optionalText(params, 'id');
  // CKAN's rule tells its callers so; a sysadmin, whom no rule is asked about, is told by the action that follows.
  if (id === undefined)
    throw mayOverrule(call) ? missingValue('name_or_id') : invalid(missingId(call, 'Package'));
  const row = await findDatasetForUpdate(call.sql, id);
  if (!row) throw notFound();
  await assertMayEdit(call, row, params, '');
  return row;
}
